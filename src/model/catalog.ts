import type { Phase } from './exchange.ts';
import type { Advice, Category } from './words.ts';

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

/** A sentence of a catalog: documented by the API, or `{ general }` where it is errprobe's own. */
export type CatalogText = string | { general: string };

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

/** What an API's document says about retrying responses with a status, for all methods or for some. */
export interface RetryRule {
  status?: StatusPattern[] | undefined;
  /** True when the rule also holds for requests that got no response. */
  failure?: true | undefined;
  /** All methods, where absent. */
  methods?: string[] | undefined;
  advice: Advice;
  /** A clause, to be read after a colon. */
  reason: string;
  /** True where the document calls repeating the request safe, false where it warns of it. */
  safe?: boolean | undefined;
  /** A response header that the document promises with these statuses. */
  header?: string | undefined;
}

/** The figures that a document gives; the others are absent. */
type Figures = { [Name in keyof Backoff]?: Backoff[Name] | undefined };

/** What an API's document says about retrying; figures that it does not give are errprobe's own. */
export interface DocumentedRetry extends Figures {
  /** The first rule that fits decides. */
  rules: RetryRule[];
  /** The request header that makes repeating a request safe, where the API documents one. */
  idempotencyHeader?: string | undefined;
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
  text: CatalogText;
  /** The same with the placeholders of `message`; it takes the place of `text` where the message fits. */
  named?: string | undefined;
  message?: string | undefined;
  check?: string[] | undefined;
}

/** One documented error. Its id is permanent. */
export interface Entry {
  id: string;
  match: Match;
  category: Category;
  title: string;
  cause: CatalogText;
  causes: DocumentedCause[];
  resolution: CatalogText[];
  /** `after`: how long to wait at least where the answer does not say, in milliseconds. */
  retry: { advice: Advice; reason: CatalogText; after?: number | undefined };
  source: { doc: string; section: string };
  /** Other pages that the document refers to for this error. */
  see: string[];
  /** The documented body, to the letter. */
  example?: unknown;
  /** A body of the documented shape, where the documentation shows none for this error. */
  sample?: unknown;
  /** Response headers that the documentation promises for this error. */
  headers: Record<string, string>;
}

/**
 * A request that the mock answers with success. A list of objects with an `id` also serves what each of them allows:
 * `GET`, `PUT`, `PATCH` and `DELETE` under its id, and `POST` for a new one.
 */
export interface MockResource {
  request: string;
  status: number;
  body: unknown;
  /** The entry for an id that is not in the list; the mock's `notFound` where absent. */
  notFound?: string | undefined;
  /** The fields that a new object needs. */
  required: string[];
}

/** How the mock of an API behaves: ids of entries for what is wrong with a request, and what succeeds. */
export interface MockRules {
  missingKey: string;
  wrongKey: string;
  expiredKey?: string | undefined;
  missingHeader?: string | undefined;
  /** For an id in the path that has not the documented format. */
  malformedId?: string | undefined;
  /** For a body that is empty, no JSON object, or lacks a required field. */
  invalidBody?: string | undefined;
  /** For any pagination cursor, since the mock hands out none. */
  cursor?: { parameter: string; entry: string } | undefined;
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
  retry?: DocumentedRetry | undefined;
  support?: Support | undefined;
  entries: Entry[];
  mock?: MockRules | undefined;
  /** The file of the project that it stands in: its path, and as it is shown. Absent where the user or errprobe chose it. */
  project?: { file: string; at: string } | undefined;
}
