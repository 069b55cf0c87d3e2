import type { Form } from './retold-form.ts';

/** How the API server names the cause of a field in a sentence, and in the body (apimachinery, field.ErrorType). */
const CAUSES: [words: RegExp, reason: string][] = [
  [/must be of type /, 'FieldValueTypeInvalid'],
  [/: Required value/, 'FieldValueRequired'],
  [/: Invalid value: /, 'FieldValueInvalid'],
  [/: Unsupported value: /, 'FieldValueNotSupported'],
  [/: Duplicate value: /, 'FieldValueDuplicate'],
  [/: Not found: /, 'FieldValueNotFound'],
  [/: Forbidden: /, 'FieldValueForbidden'],
  [/: Too long: /, 'FieldValueTooLong'],
  [/: Too many: /, 'FieldValueTooMany'],
  [/: Internal error: /, 'InternalError'],
];

/** The fault of a field, behind its path: `spec.ports[0].port: Invalid value: 99999: must be below 65536`. */
const FAULT =
  /(?:^|[\s[])([a-z][\w.[\]/-]{0,200}): ((?:Required|Invalid|Duplicate|Unsupported) value|Not found|Forbidden|Too (?:long|many|few)|Internal error)\b((?:: (?:(?!, [a-z][\w.[\]/-]{0,200}: [A-Z]| \* )[^\n]){1,500})?)/g;

/** The causes of an invalid object, as the API server lists them; at least the reason, if the sentence has one. */
function causesIn(message: string): object[] {
  const faults = [...message.matchAll(FAULT)].map(([, field, fault = '', rest = '']) => ({
    reason: CAUSES.find(([words]) => words.test(`: ${fault}${rest}`))?.[1],
    message: fault + rest,
    field,
  }));
  if (faults.some(({ reason }) => reason !== undefined)) return faults;
  const reason = CAUSES.find(([words]) => words.test(message))?.[1];
  return reason === undefined ? [] : [{ reason }];
}

/** The body that the API server sends with one of its sentences (apimachinery, api/errors). */
function statusBody(reason: string, code: number, sentence: string): object {
  const message = sentence.replaceAll(/\s{1,20}/g, ' ').trim();
  const causes = reason === 'Invalid' ? causesIn(message) : [];
  const details = causes.length === 0 ? {} : { details: { causes } };
  const named = reason === '' ? {} : { reason };
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, ...named, ...details, code };
}

/**
 * The sentences that client-go has for statuses whose answer says no more (apimachinery, NewGenericServerResponse), and
 * that the API server has for a reason. Those that anybody may write are followed by the request in parentheses.
 */
const SENTENCES: [words: string, reason: string, code: number][] = [
  ['the server has asked for the client to provide credentials', 'Unauthorized', 401],
  ['the server has received too many requests and has asked us to try again later', 'TooManyRequests', 429],
  [
    'the server was unable to return a response in the time allotted, but may still be processing the request',
    'Timeout',
    504,
  ],
  ['the server is currently unable to handle the request \\([a-z]{3,6} [^()\\n]{1,200}\\)', 'ServiceUnavailable', 503],
  ['the server could not find the requested resource \\([a-z]{3,6} [^()\\n]{1,200}\\)', 'NotFound', 404],
  ['too old resource version: \\d{1,20} \\(\\d{1,20}\\)', 'Expired', 410],
  ['Timeout: request did not complete within (?:the )?(?:requested|allotted) timeout(?: \\d{1,5}m?s)?', 'Timeout', 504],
];

/** The sentences of the same place that others might write: they count where a client of Kubernetes is named. */
const PLAIN: [words: string, reason: string, code: number][] = [
  ['the server could not find the requested resource', 'NotFound', 404],
  ['the server is currently unable to handle the request', 'ServiceUnavailable', 503],
  ['the server rejected our request for an unknown reason', 'BadRequest', 400],
  ['the server does not allow this method on the requested resource', 'MethodNotAllowed', 405],
  ['the server was unable to respond with a content type that the client supports', 'NotAcceptable', 406],
];

/** Names of clients of Kubernetes, the types of its objects in Go, and groups of its API. */
const CLIENT =
  /\bclient-go\b|\bkubectl\b|\bk8s\.io\b|\breflector\.go:|\bController-?[Rr]untime\b|\bcontroller-runtime\b|\bReconciler error\b|"controllerKind"|\*v\d(?:(?:alpha|beta)\d)?\.[A-Z]|\bError from server\b|\blist of server APIs: |\bcouldn't get current server API group list: |\bwith kubernetes_[a-z_\d]{2,60}\.|\b(?:INSTALLATION|UPGRADE|UNINSTALL|ROLLBACK) FAILED: /;

/** Resources whose names only Kubernetes has: in its core, and with the group of the API. */
const OWN =
  '(?:pods|configmaps|serviceaccounts|persistentvolumeclaims|persistentvolumes|replicationcontrollers|(?:deployments|statefulsets|daemonsets|replicasets)\\.(?:apps|extensions)|(?:jobs|cronjobs)\\.batch|ingresses\\.extensions|horizontalpodautoscalers\\.autoscaling|poddisruptionbudgets\\.policy|[a-z]{2,60}\\.(?:[a-z0-9-]{1,60}\\.){0,3}k8s\\.io)';

/** Any resource, which may be of a group that somebody else defined. */
const ANY = '[a-z]{2,60}s(?:\\.[a-z0-9-]{1,60}){0,6}';

/** That there is an object, or none, in the words of the API server. */
const presence = (resource: string): Form => ({
  pattern: new RegExp(
    `(?:^|[\\s:("'])(${resource} "[a-z0-9][\\w.:-]{0,252}" (already exists|not found))(?![\\w-]| [a-z])`,
  ),
  without: /\bError from server \(/,
  body: ([sentence = '', fault]) =>
    fault === 'not found' ? statusBody('NotFound', 404, sentence) : statusBody('AlreadyExists', 409, sentence),
});

/** How clients of Kubernetes print what the API server said. */
export const KUBERNETES_FORMS: Form[] = [
  // The client for Python, of what came in a watch.
  {
    pattern: /\bApiException: \(([45]\d\d)\)\nReason: ([A-Z][A-Za-z]{3,40}): (\S[^\n]{2,2000})/,
    about: /kubernetes/i,
    body: ([code, reason = '', message = '']) => statusBody(reason, Number(code), message),
  },
  {
    pattern: /\b(Apply failed with \d{1,4} conflicts?:\s{1,10}conflicts? with "[^\n]{2,1000})/,
    body: ([message = '']) => ({
      ...statusBody('Conflict', 409, message),
      details: { causes: [{ reason: 'FieldManagerConflict' }] },
    }),
  },
  // An error of etcd, to which the API server adds neither a reason nor a status of its own.
  {
    pattern:
      /^Error from server: (etcdserver: (?:request timed out|leader changed|no leader|too many requests)[^\n]{0,200})/m,
    body: ([message = '']) => statusBody('', 500, message),
  },
  // The API server's sentence within the words of a controller
  {
    pattern: /(?:^|[\s":])(etcdserver: (?:leader changed|no leader|too many requests))(?![\w-])/,
    about: CLIENT,
    body: ([message = '']) => statusBody('', 500, message),
  },
  {
    pattern: /^Error from server: (too old resource version: \d{1,20}(?: \(\d{1,20}\))?)$/m,
    body: ([message = '']) => statusBody('Expired', 410, message),
  },
  {
    pattern:
      /\b([A-Z]\w{1,60} in version "(?:[\w.-]{1,60}\/)?v\d[\w]{0,12}" cannot be handled as an? [A-Z]\w{1,60}:\s{1,10}\S[^\n]{2,1000})/,
    without: /\bError from server \(/,
    body: ([message = '']) => statusBody('BadRequest', 400, message),
  },
  // kubectl, of an answer without a body
  {
    pattern:
      /^error: (You must be logged in to the server \(the server has asked for the client to provide credentials\))/m,
    body: ([message = '']) => statusBody('Unauthorized', 401, message),
  },
  ...SENTENCES.map(
    ([words, reason, code]): Form => ({
      pattern: new RegExp(`(?:^|[^\\w-])(${words}(?: \\([a-z]{3,6} [^()\\n]{1,200}\\))?)`),
      // kubectl says the same in words of its own.
      body: ([message = ''], text) =>
        text.includes('logged in to the server') ? null : statusBody(reason, code, message),
    }),
  ),
  ...PLAIN.map(
    ([words, reason, code]): Form => ({
      pattern: new RegExp(`(?:^|[^\\w-])(${words})(?![\\w,-])`),
      about: CLIENT,
      // Where kubectl names the reason, its line is read as it is; and a webhook may quote what it was told.
      without: /\bError from server \(|\bdenied the request: /,
      body: ([message = '']) => statusBody(reason, code, message),
    }),
  ),
  // Skuber prints the Status as Scala prints a class.
  {
    pattern:
      /\bStatus\(v1,Status,ListMeta\([^()\n]{0,200}\),Some\(Failure\),Some\(([^\n]{2,1000}?)\),Some\(([A-Z][A-Za-z]{3,40})\),(?:None|Some\([^\n]{0,1000}\)),Some\(([45]\d\d)\)/,
    body: ([message = '', reason = '', code]) => statusBody(reason, Number(code), message),
  },
  // Kubernetes: each reason has its sentence, which controllers and Helm print without the reason.
  {
    pattern:
      /\b(Internal error occurred: failed (?:calling|to call) webhook [^\n]{2,500}(?:\n(?:Post|Put|Get|no|dial|service) [^\n]{2,500}){0,2})/,
    body: ([sentence = '']) => statusBody('InternalError', 500, sentence),
  },
  {
    pattern: /\b(Cannot evict pod as it would violate the pod's disruption budget\.)/,
    body: ([message]) => ({
      ...statusBody('TooManyRequests', 429, message ?? ''),
      details: { causes: [{ reason: 'DisruptionBudget' }] },
    }),
  },
  {
    pattern:
      /\b(Operation cannot be fulfilled on [\w.-]{1,200} "[^"\n]{1,253}": [^\n"]{3,500}?|[a-z]{2,60} "[^"\n]{1,253}" cannot be updated: the object has been modified[^\n"]{3,200})(?:, requeuing)?(?=["\n]|$)/,
    body: ([sentence = '']) => statusBody('Conflict', 409, sentence),
  },
  {
    pattern:
      /(?:^|[\s:('])((?:[a-z][a-z0-9]{1,60}s(?:\.[a-z0-9-]{1,60}){0,6}|Pod|Service|Deployment|Job|Namespace) "[a-z0-9][\w.:-]{0,252}" is forbidden: \S[^\n]{2,2000}|[a-z][a-z0-9.-]{1,120} is forbidden: User\s{1,3}"[^"\n]{1,300}"\s{1,3}cannot [^\n]{2,1000}(?:\n(?:in|at) [^\n]{2,300}){0,2})/,
    body: ([sentence = '']) => statusBody('Forbidden', 403, sentence),
  },
  // With the words that the API server has for the faults of a field
  {
    pattern:
      /(?:^|[\s:(])(?:The )?([A-Z]\w{1,60}(?:\.[a-z0-9.-]{1,100})? "[^"\n]{1,253}" is invalid: ?(?:\[|\n[ \t]{0,4}\* )?\S{1,200}: (?:(?:Required|Invalid|Duplicate|Unsupported) value|Not found|Forbidden|Too (?:long|many|few)|Internal error)\b[^\n]{0,2000}(?:\n[ \t]{0,4}\* [^\n]{2,500}){0,20})/,
    body: ([sentence = '']) => statusBody('Invalid', 422, sentence),
  },
  presence(OWN),
  { ...presence(ANY), about: CLIENT },
];
