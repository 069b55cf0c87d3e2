/** A part of a request: a member of its body by its JSON Pointer, a parameter or a header by its name. */
export interface Where {
  in: 'body' | 'query' | 'header';
  name: string;
}

/** The faults that the text of a key can have. */
export type KeyFault =
  | 'empty'
  | 'json'
  | 'header-line'
  | 'assignment'
  | 'scheme'
  | 'placeholder'
  | 'mask'
  | 'quoted'
  | 'cut-short'
  | 'encoded'
  | 'whitespace'
  | 'not-ascii';

/** The source of a key, `RAPTOR_COMPLY_API_KEY`, or null if it is not known. */
interface OfKey {
  from: string | null;
}

type Environment = 'test' | 'live';

/**
 * What can be found in an exchange: each code with its parameters. The codes are permanent, as programs read them in
 * reports; `src/diagnosis/evidence/sentences.ts` has the sentence for each.
 */
export interface Findings {
  // What the response says
  'message-says': { message: string };

  // Headers of the request
  'header-present': { headers: string[] };
  /** `instead` is a header with a similar name. */
  'header-absent': { header: string; instead: string | null };
  'header-empty': { header: string; instead: string | null };
  'header-not-uuid': { header: string; from: string | null; around: 'quotes' | 'braces' | null };
  'header-uuid': { headers: string[] };
  'header-repeated': { header: string; from: string | null; values: number };
  'header-single': unknown;
  'idempotency-key-absent': unknown;
  'idempotency-key-present': unknown;
  'cookie-present': { name: string };
  'cookie-absent': { name: string; instead: string | null };
  'request-time-right': { header: string };
  'request-time-off': { header: string; minutes: number; ahead: boolean };
  'accept-any': unknown;
  'accept-only': { accept: string };

  // Credentials
  /** `instead` is where a key is: another header, or the query. */
  'key-absent': { header: string; instead: Where | null };
  'key-withheld': { header: string; why: string };
  'key-left-behind': { header: string; origin: string; redirectedTo: string };
  'key-in-header': { header: string };
  'key-in-other-header': { header: string; wanted: string };
  'credentials-absent': unknown;
  'no-other-credentials': unknown;
  'basic-not-base64': unknown;
  'basic-without-colon': unknown;
  'basic-line-break': unknown;
  'basic-well-formed': unknown;
  'scheme-right': { header: string; scheme: string };
  'scheme-unwanted': { header: string; scheme: string };
  'scheme-twice': { header: string; wanted: string; scheme: string };
  'scheme-wrong': { header: string; wanted: string; scheme: string };
  'scheme-without-space': { header: string; wanted: string };
  'scheme-absent': { header: string; wanted: string };
  /** The key does not have that fault. */
  'key-without': { fault: KeyFault };
  'key-space-stripped': unknown;
  'key-empty': { header: string };
  'key-json': OfKey;
  'key-header-line': OfKey;
  'key-assignment': OfKey & { name: string };
  'key-placeholder': OfKey;
  'key-mask': OfKey;
  'key-quoted': OfKey;
  'key-percent-encoded': OfKey;
  'key-html-entity': OfKey;
  'key-escape-sequence': OfKey;
  'key-space-inside': OfKey;
  'key-space-before': OfKey & { scheme: string };
  'key-not-ascii': OfKey;
  'key-beginning-only': OfKey & { whole: string };
  'key-end-only': OfKey & { whole: string };
  'key-dots': OfKey;
  'key-parts-missing': OfKey;
  'key-signature-missing': OfKey;
  'key-of-other-api': OfKey & { sameAs: string; api: string };
  'key-of-issuer': OfKey & { issuer: string };
  'key-of-no-other-api': unknown;
  'key-environment': OfKey & { environment: Environment };
  'key-environment-differs': OfKey & { environment: Environment; address: Environment };
  'key-environment-same': unknown;
  /** `mode` is that of the key. */
  'key-mode-differs': OfKey & { mode: Environment };
  'key-mode-same': { mode: Environment };
  /** One of `accepted` would do; `held` are those of the token. */
  'scope-absent': { accepted: string[]; held: string[] };
  'scope-present': { scope: string };
  'token-audience': { host: string };
  'token-other-audience': { audiences: string[]; isSaid: boolean };
  'token-expired': { at: string };
  'token-valid-until': { at: string };
  'token-valid-from': { at: string };
  'token-valid-since': { at: string };

  // The method, the path and the query
  'method-refused': { method: string; allowed: string[] };
  'method-allowed': { method: string };
  'path-placeholder': { text: string };
  'path-without-placeholder': unknown;
  'path-double-slash': unknown;
  'path-single-slashes': unknown;
  'path-repetition': { prefix: string };
  'path-without-repetition': unknown;
  'path-space': unknown;
  'path-quotes': unknown;
  'path-clean': unknown;
  'path-part-empty': { parameter: string };
  'path-part-format': { format: 'uuid' | 'integer' };
  'path-percent': unknown;
  'path-encoded': unknown;
  'path-other-case': { part: string; documented: string };
  'path-other-version': { version: string; documented: string };
  'path-without-version': { version: string; before: string; documented: string };
  'path-slash-at-end': { documented: string };
  'path-id-not-uuid': { after: string };
  'path-id-uuid': unknown;
  'parameter-repeated': { parameter: string; times: number };
  'query-plus': { parameter: string };

  // The body of the request
  /** `method` is null where it does not matter. */
  'body-present': { method: string | null };
  'body-absent': { method: string };
  'body-json': unknown;
  'body-not-json': unknown;
  'body-bom': unknown;
  'body-in-string': unknown;
  'body-not-string': unknown;
  'body-too-large': { bytes: number; limit: number };
  'body-size': { bytes: number };
  'body-in-list': { field: string };
  'body-wrapped': { field: string; wrapper: string };
  'content-type': { type: string };
  'content-type-absent': unknown;
  'content-type-not-json': { type: string };
  'content-type-refused': { type: string };
  'content-type-refused-by-name': { type: string };
  'content-type-unwanted': { type: string; wanted: string[] };
  'boundary-undeclared': { type: string };
  'boundary-absent': unknown;

  // Fields
  'field-present': { field: string };
  /** `instead` is a field with a similar name. */
  'field-absent': { where: Where; instead: string | null };
  'field-blank': { where: Where; isNull: boolean };
  'fields-both-absent': { in: 'body' | 'query'; fields: [string, string]; blank: string[]; instead: string | null };
  'field-unknown': { field: string };
  'value-type-right': { where: Where; type: string };
  /** `given` is null for a query or a form, where everything is text. */
  'value-type-wrong': { where: Where; type: string; given: string | null };
  'value-refused': { where: Where };
  /** The response names another value. */
  'value-not-named': { where: Where };
  'value-allowed': { where: Where };
  'value-not-allowed': { where: Where; allowed: string[]; nearest: string | null; isCase: boolean };
  'value-length-wrong': { where: Where; characters: number };
  'value-length-right': { where: Where; characters: number };
  'value-below': { where: Where; bound: number };
  'value-above': { where: Where; bound: number };
  'value-not-above': { where: Where; bound: number };
  'value-not-below': { where: Where; bound: number };
  'value-in-range': { where: Where };
  'value-placeholder': { where: Where };
  'value-encoded-twice': { where: Where };
  'value-well-formed': { where: Where };
  'value-space-around': { where: Where };
  'value-without-at': { where: Where };
  'value-not-email': { where: Where };
  'value-not-url': { where: Where };
  'value-not-uuid': { where: Where };
  'value-is-date': { where: Where };
  'value-not-iso-date': { where: Where; text: string };
  'value-local-date': { where: Where; text: string };
  'value-impossible-time': { where: Where; text: string };
  'list-length': { where: Where; items: number };

  // The response
  'clock-off': { minutes: number; ahead: boolean };
  'clocks-agree': unknown;
  'limit-remaining': { header: string; remaining: number };
  'retry-after': { seconds: number };
  'gateway-header': { header: string; value: string };
  'answer-truncated': { bytes: number };
  'answer-shorter': { declared: number; bytes: number };
  'answer-breaks-off': unknown;
  'answer-whole': unknown;
  'redirect-crossed-origin': { origin: string; redirectedTo: string };
  'redirect-same-origin': unknown;
  'redirect-adds-slash': unknown;
  'redirect-removes-slash': unknown;
  'redirect-not-slash': unknown;
  'redirect-to-https': unknown;
  'redirect-not-https': unknown;
  'redirect-to-login': { url: string };

  // The connection
  'proxy-unreachable': { proxy: string; from: string };
  'proxy-used': { proxy: string; from: string };
  'proxy-none': unknown;
  'localhost-one-family': { address: string };
  'localhost-both-families': unknown;
  'localhost-not': unknown;
  'certificate-expired': { validTo: string; issuer: string };
  'certificate-valid-until': { validTo: string };
  'certificate-not-yet-valid': { validFrom: string; now: string };
  'certificate-valid-since': { validFrom: string };
  'certificate-other-names': { names: string[]; host: string };
  'certificate-names-host': { host: string };
  'certificate-self-signed': { names: string[] };
  'certificate-issuer': { issuer: string };
}

export type FindingCode = keyof Findings;

/** An observation in an exchange that speaks for or against a cause. */
export type Finding = { [Code in FindingCode]: { code: Code } & Findings[Code] }[FindingCode];
