/** A condition on a value: present or absent, of a kind, one of some values, or a text that does or does not match a regular expression. */
export type Condition =
  | 'present'
  | 'absent'
  | 'text'
  | 'integer'
  | 'list'
  | 'object'
  | { is: Scalar | Scalar[] }
  | { isNot: Scalar }
  | { matches: string }
  | { matchesNot: string };

type Scalar = string | number | boolean;

/** The envelope of a service's errors. Places are JSON Pointers into the body, or `header:name`. */
export interface ServiceBody {
  /** The id of the envelope; that of the service if absent. */
  envelope?: string | undefined;
  /** Where it is: JSON if absent. */
  in?: 'xml' | 'headers' | undefined;
  /** Alternatives, each with conditions by place that all hold. `only` names the members that a body may have. */
  fits: Record<string, Condition | string[]>[];
  /** Places of the parts that names and forms alone would not give. */
  code?: string[] | undefined;
  subcode?: string[] | undefined;
  message?: string[] | undefined;
  docs?: string[] | undefined;
  fields?: { map: string }[] | undefined;
  /** A regular expression whose first group is the code. */
  cleanCode?: string | undefined;
  /** Ids of envelopes of which this one is a special case: where both fit, it names the body. */
  narrows?: string[] | undefined;
  /** True if such a body means a failure whatever the status. */
  alwaysError?: true | undefined;
}

/** What is known of a service. Its file also has the entries for its codes, which the catalog `services` joins. */
export interface Service {
  id: string;
  name: string;
  /**
   * Regular expressions for its keys, which must not match anything else. Each starts at a word
   * boundary.
   */
  keys?: string[] | undefined;
  /** A regular expression for keys that no other service issues. */
  issued?: string | undefined;
  /** Response headers with the state of a rate limit; "" for one that the service does not send. */
  rateLimit?: [limit: string, remaining: string, reset: string][] | undefined;
  /** A header with what is used and all there is: the two groups of a regular expression. */
  limitUsage?: { header: string; usedOfAll: string } | undefined;
  /** Response headers with the id of a request whose names do not say so. */
  requestId?: string[] | undefined;
  /** Its hosts, with what is below them. */
  hosts?: string[] | undefined;
}

/** The forms of the bodies of a service. */
export interface ServiceBodies {
  id: string;
  /**
   * Alternatives, each with conditions by place that all hold: what no other service sends. Absent where the form of
   * its bodies is one that no other service has.
   */
  marks?: Record<string, Condition>[] | undefined;
  bodies: ServiceBody[];
}
