import type { Advice, Category } from '../diagnosis/diagnosis.ts';
import type { CheckName } from '../diagnosis/evidence/checks.ts';
import type { Phase } from '../diagnosis/exchange.ts';

/** One status, or a class of them. */
export type StatusPattern = number | '1xx' | '2xx' | '3xx' | '4xx' | '5xx';

/** How the key of an API travels. */
export interface Auth {
  header: string;
  /** The header's value, with `{key}` for the key: `Bearer {key}`. */
  value: string;
  /** The environment variable that holds the key. */
  env: string;
  /** False where the documentation does not say how the key is sent and this is a guess. */
  documented: boolean;
}

/** A header that the API wants on every request. */
export interface RequiredHeader {
  name: string;
  format?: 'uuid' | undefined;
}

/** The format of the ids that follow a part of a path: `profiles` for `/profiles/{id}`. */
export interface PathId {
  after: string;
  format: 'uuid';
}

/** Where an API's error bodies keep what: JSON Pointers (RFC 6901). */
export interface Envelope {
  code?: string | undefined;
  message?: string | undefined;
  status?: string | undefined;
  requestId?: string | undefined;
  /** An object from field name to a list of messages; "" is the whole body. */
  fields?: string | undefined;
  /** The member of `fields` whose messages belong to no single field. */
  formErrors?: string | undefined;
  /** A member that repeats the phrase of the status; a documented code in its place is taken as the code. */
  phrase?: string | undefined;
  /** The framework whose shape and texts these are, so that a body alone does not tell the API. */
  framework?: string | undefined;
}

/** The arithmetic of retrying; durations in milliseconds. */
export interface Backoff {
  base: number;
  factor: number;
  /** The most that chance adds to a wait. */
  jitter: number;
  /** The ceiling of a computed wait. */
  cap: number;
  /** Retries after the first attempt. */
  retries: number;
}

/** Whom to ask, and what they want to be told. */
export interface Support {
  contact: string | null;
  include: string[];
}

/** What an entry is recognised by. All that is given must agree. */
export interface Match {
  status?: StatusPattern[] | undefined;
  /** The first is the one that is shown for the entry; upper and lower case do not matter. */
  code?: string[] | undefined;
  /** Templates, `cannot transition from {from} to {to}`; one of them must fit. */
  message?: string[] | undefined;
  /** Ids of envelopes whose code it is, in a general catalog of codes. */
  envelope?: string[] | undefined;
  /** Who answered in the place of the API, in the catalog of gateways. */
  answerer?: string[] | undefined;
  /** Codes of network failures. */
  failure?: string[] | undefined;
  phase?: Phase[] | undefined;
}

/**
 * One reason for an error. `message` is a template that, when it fits, confirms the reason; `check` names what looks for
 * it in the exchange: one that finds it confirms it, and it is ruled out when none of them does.
 */
export interface DocumentedCause {
  text: string;
  message?: string | undefined;
  check?: CheckName[] | undefined;
}

/** One documented error. Its id is permanent. */
export interface Entry {
  id: string;
  match: Match;
  category: Category;
  title: string;
  cause: string;
  causes: DocumentedCause[];
  resolution: string[];
  /** `after`: how long to wait at least where the answer does not say, in milliseconds. */
  retry: { advice: Advice; reason: string; after?: number | undefined };
  source: { doc: string; section: string };
  /** The documented body, to the letter. */
  example?: unknown;
  /** A body of the documented shape, where the documentation shows none for this error. */
  sample?: unknown;
  /** Response headers that the documentation promises for this error. */
  headers: Record<string, string>;
}

/** A request that the mock answers with success. */
export interface MockResource {
  request: string;
  status: number;
  body: unknown;
}

/** How the mock of an API behaves: ids of entries for what is wrong with a request, and what succeeds. */
export interface MockRules {
  missingKey: string;
  wrongKey: string;
  expiredKey?: string | undefined;
  missingHeader?: string | undefined;
  notFound: string;
  resources: MockResource[];
}

/** What one API documents about its errors; or, when `general`, what is known about errors of any API. */
export interface Catalog {
  id: string;
  name: string;
  general: boolean;
  /** The documents that entries cite: key to title. */
  docs: Record<string, string>;
  hosts: string[];
  baseUrl?: string | undefined;
  auth?: Auth | undefined;
  requiredHeaders: RequiredHeader[];
  /** Paths that the documents name, `/v1/victims/{victim_id}`. */
  paths?: string[] | undefined;
  pathIds: PathId[];
  envelope: Envelope;
  retry?: Backoff | undefined;
  support?: Support | undefined;
  entries: Entry[];
  mock?: MockRules | undefined;
  /** The file of the project that it stands in: its path, and as it is shown. Absent where the user or errprobe chose it. */
  project?: { file: string; at: string } | undefined;
}
