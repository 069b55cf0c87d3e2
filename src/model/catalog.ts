import type { Phase } from './exchange.ts';
import type { Advice, Category } from './words.ts';

/** A status, or a class of statuses. */
export type StatusPattern = number | '1xx' | '2xx' | '3xx' | '4xx' | '5xx';

/** How an API's key is sent. */
export interface Auth {
  header: string;
  /** The header's value, with the placeholder `{key}`: `Bearer {key}`. */
  value: string;
  /** The environment variable that holds the key; with `user`, the password. */
  env: string;
  /** The variable with the user name of Basic authentication. */
  user?: string | undefined;
  /** The value to put into the variable, where no tool of the API has one, so that its name is errprobe's own. */
  holds?: string | undefined;
  /** Where the key may be instead, if not all of these variables are set. */
  or?: { env: string; user?: string | undefined }[] | undefined;
  /** False if the documentation does not say how the key is sent, and this is a guess. */
  documented: boolean;
  /** The query parameter that carries the key; `header` is then empty. */
  query?: string | undefined;
  /** True if the key is encoded in base64, as Basic does (RFC 7617). */
  base64?: true | undefined;
}

/** How requests are signed, in words, and the environment variables with what they are signed with. */
export interface Signed {
  by: string;
  env: string[];
}

/** A header that every request needs. */
export interface RequiredHeader {
  name: string;
  format?: 'uuid' | undefined;
}

/** The format of ids after a path segment: `profiles` for `/profiles/{id}`. */
export interface PathId {
  after: string;
  format: 'uuid';
}

/** JSON Pointers (RFC 6901) to the parts of an API's error bodies. */
export interface Envelope {
  code?: string | undefined;
  /** A subdivision of the code: a decline code, an issue, a reason. */
  subcode?: string | undefined;
  message?: string | undefined;
  status?: string | undefined;
  requestId?: string | undefined;
  /** An object from field names to lists of messages; "" is the whole body. */
  fields?: string | undefined;
  /** The member of `fields` with messages about no single field. */
  formErrors?: string | undefined;
  /**
   * A member that repeats the phrase of the status; a documented code there is taken as the code.
   */
  phrase?: string | undefined;
  /** The framework whose shape and texts these are; they do not identify the API. */
  framework?: string | undefined;
}

/** A sentence of a catalog: documented by the API, or `{ general }` for errprobe's own. */
export type CatalogText = string | { general: string };

/** The parameters of exponential backoff; durations in milliseconds. */
export interface Backoff {
  base: number;
  factor: number;
  /** The most that jitter adds to a wait. */
  jitter: number;
  /** The maximum of a computed wait. */
  cap: number;
  /** Retries after the first attempt. */
  retries: number;
}

/** A documented rule about retrying responses with a status, for some or all methods. */
export interface RetryRule {
  status?: StatusPattern[] | undefined;
  /** True if the rule also applies to requests without a response. */
  failure?: true | undefined;
  /** Default: all methods. */
  methods?: string[] | undefined;
  advice: Advice;
  /** A clause to be read after a colon. */
  reason: string;
  /** True if the document calls repeating the request safe, false if it warns against it. */
  safe?: boolean | undefined;
  /** A response header documented for these statuses. */
  header?: string | undefined;
}

/** Documented figures; others are absent. */
type Figures = { [Name in keyof Backoff]?: Backoff[Name] | undefined };

/** An API's documented retry rules; errprobe's defaults replace missing figures. */
export interface DocumentedRetry extends Figures {
  /** The first matching rule decides. */
  rules: RetryRule[];
  /** The request header documented to make repeating a request safe. */
  idempotencyHeader?: string | undefined;
}

/** Whom to contact, and what to include. */
export interface Support {
  contact: string | null;
  include: string[];
}

/** The conditions that identify an entry. All given ones must hold. */
export interface Match {
  status?: StatusPattern[] | undefined;
  /** The first is displayed for the entry; case does not matter. */
  code?: string[] | undefined;
  /** Subdivisions of the code; one of them must be in the body. */
  subcode?: string[] | undefined;
  /** Templates, `cannot transition from {from} to {to}`; one of them must match. */
  message?: string[] | undefined;
  /** In a general catalog of codes: ids of the envelopes that the code belongs to. */
  envelope?: string[] | undefined;
  /** In the catalog of gateways: who answered instead of the API. */
  answerer?: string[] | undefined;
  /** Codes of network failures. */
  failure?: string[] | undefined;
  phase?: Phase[] | undefined;
  /** Operations as documentation names them, `POST /crates/{id}`; the request must call one of them, if it is known. */
  operation?: string[] | undefined;
}

/**
 * One possible cause of an error. `message` is a template whose match confirms the cause; `check`
 * names checks of the exchange: one that finds it confirms the cause, and if none does the cause is
 * ruled out.
 */
export interface DocumentedCause {
  text: CatalogText;
  /** The text with placeholders of `message`; it replaces `text` when the message matches. */
  named?: string | undefined;
  message?: string | undefined;
  check?: string[] | undefined;
  /** The documented limit for `body-too-large`, in bytes. */
  limit?: number | undefined;
}

/** A documented error. Its id is permanent. */
export interface Entry {
  id: string;
  match: Match;
  category: Category;
  title: string;
  cause: CatalogText;
  causes: DocumentedCause[];
  resolution: CatalogText[];
  /** The resolution in the terms of a tool or language, by its ID; `errprobe` for requests that it sent itself. */
  tools?: Record<string, CatalogText[]> | undefined;
  /** `after`: the minimum wait in milliseconds, unless the response gives one. */
  retry: { advice: Advice; reason: CatalogText; after?: number | undefined };
  /** `address`: the URL of the section; default: that of the document. */
  source: { doc: string; section: string; address?: string | undefined };
  /** Other pages that the document refers to for this error. */
  see: string[];
  /** The documented body, verbatim. */
  example?: unknown;
  /** A body of the documented shape, for an error without a documented example. */
  sample?: unknown;
  /** Response headers documented for this error. */
  headers: Record<string, string>;
  /** Former ids with that of their catalog, which keep working: `services/github-rate-limit`. */
  aliases?: string[] | undefined;
}

/**
 * A request that the mock answers with success. A list of objects with an `id` also serves
 * operations on each of them: `GET`, `PUT`, `PATCH` and `DELETE` by id, and `POST` for a new one.
 */
export interface MockResource {
  request: string;
  status: number;
  body: unknown;
  /** The entry for an id that is not in the list; default: the mock's `notFound`. */
  notFound?: string | undefined;
  /** The required fields of a new object. */
  required: string[];
}

/** How an API's mock behaves: entry ids for invalid requests, and the resources that succeed. */
export interface MockRules {
  missingKey: string;
  wrongKey: string;
  expiredKey?: string | undefined;
  missingHeader?: string | undefined;
  /** For an id in the path without the documented format. */
  malformedId?: string | undefined;
  /** For a body that is empty, not a JSON object, or lacks a required field. */
  invalidBody?: string | undefined;
  /** For any pagination cursor, since the mock hands out none. */
  cursor?: { parameter: string; entry: string } | undefined;
  notFound: string;
  resources: MockResource[];
}

/** A document that entries cite. */
export interface CitedDocument {
  title: string;
  /** Its URL, or its path for a file. */
  address?: string | undefined;
  licence?: string | undefined;
  /** The day on which it was read, as `2026-11-28`. */
  date?: string | undefined;
  /** The day of the copy that was read, or `unknown`; absent for the original. */
  copied?: string | undefined;
}

/** An entry as a catalog file has it: the general catalog supplies texts that the document does not have. */
export type WrittenEntry = Omit<Entry, 'cause' | 'resolution' | 'retry'> & {
  cause?: CatalogText | undefined;
  resolution?: CatalogText[] | undefined;
  retry?: Entry['retry'] | undefined;
};

/** A catalog as its file has it. */
export type WrittenCatalog = Omit<Catalog, 'entries'> & { entries: WrittenEntry[] };

/** What is known of a well-known API as long as its catalog is not read. */
export interface KnownApi extends Pick<Catalog, 'id' | 'name' | 'hosts' | 'baseUrl' | 'auth' | 'signed'> {
  envelopes: string[];
  /** The entries of each former id. */
  aliases: Record<string, string[]>;
  /** The number of entries. */
  entries: number;
}

/** The catalogs of well-known APIs, each read on first use. */
export interface KnownCatalogs {
  apis: KnownApi[];
  /** The ids of the APIs with an entry of a name: its id, its former id, its code or subcode, in any notation. */
  namedBy(name: string): string[];
  /** The catalog of an API; null where it is not well-known. */
  load(id: string): Catalog | null;
}

/** An API's documented errors; or, if `general`, knowledge about errors of any API. */
export interface Catalog {
  id: string;
  name: string;
  general: boolean;
  /** The version of the format. */
  version: 1 | 2;
  /** The documents that entries cite, by key. */
  docs: Record<string, CitedDocument>;
  hosts: string[];
  baseUrl?: string | undefined;
  auth?: Auth | undefined;
  /** For an API of which every request is signed, which errprobe does not do. */
  signed?: Signed | undefined;
  requiredHeaders: RequiredHeader[];
  /** The documented paths, `/v1/victims/{victim_id}`. */
  paths?: string[] | undefined;
  pathIds: PathId[];
  envelope: Envelope;
  /** Ids of the built-in shapes in which the errors of a well-known API come; then `envelope` is empty. */
  envelopes?: string[] | undefined;
  retry?: DocumentedRetry | undefined;
  support?: Support | undefined;
  entries: Entry[];
  mock?: MockRules | undefined;
  /**
   * The project file that contains it: its path, and the path as displayed. Absent for a file
   * chosen by the user, and for built-in catalogs.
   */
  project?: { file: string; at: string } | undefined;
  /** The name by which a config gives this file to one of its APIs. */
  file?: string | undefined;
}
