/** The subject of an error, in the same words for every API. */
export const CATEGORIES = [
  'authentication',
  'permission',
  'not-found',
  'validation',
  'conflict',
  'rate-limit',
  'quota',
  'server',
  'maintenance',
  'gateway',
  'redirect',
  'dns',
  'connection',
  'tls',
  'timeout',
  'protocol',
  'unknown',
] as const;

/** The subject of an error. */
export type Category = (typeof CATEGORIES)[number];

/** The retry verdict. `wait`: the server said how long. `after-action`: something has to change first. */
export const ADVICE = ['never', 'backoff', 'wait', 'after-action'] as const;

/** Whether trying again can help. `wait`: the server said how long. `after-action`: something has to change first. */
export type Advice = (typeof ADVICE)[number];

/**
 * How the entry was found. `exact`: by its code. `wording`: by the message, among entries of one
 * code or status. `status`: by the status alone. `general`: in a general catalog. `unrecognized`:
 * not at all.
 */
export const CONFIDENCES = ['exact', 'wording', 'status', 'general', 'unrecognized'] as const;

/**
 * How an error was recognized: `exact` by its code, `wording` by its message, `status` by its status alone, `general` as an
 * error of any API, or not at all.
 */
export type Confidence = (typeof CONFIDENCES)[number];

/** Whether the API's own document says something, or errprobe does. */
export type From = 'documented' | 'general';
