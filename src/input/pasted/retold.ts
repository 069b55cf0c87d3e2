import { FORMS_OF_APIS, type Form, twilioBody } from './retold-apis.ts';
import { KUBERNETES_FORMS } from './retold-kubernetes.ts';
import { NPM_FORMS, REGISTRY_FORMS } from './retold-registries.ts';

/** The sentence beside the code in Twilio's Ruby errors; it says less than the line below it. */
const VAGUE = /^Unable to (?:create|fetch|update|delete) record\.?$/;

const LINE_BELOW = /\n[ \t]{0,20}(?!https?:)(\S[^\n]{4,500})/;

function saidByTwilio(code: string, sentence: string | undefined, rest: string): object {
  const below = sentence === undefined || VAGUE.test(sentence) ? LINE_BELOW.exec(rest)?.[1] : undefined;
  return twilioBody(Number(code), below ?? sentence ?? null);
}

/** Services of AWS whose codes do not end with "Exception", by their names in the SDK for Java. */
const WITHOUT_ENDING = new Set([
  ...['AutoScaling', 'CloudFormation', 'CloudFront', 'CloudWatch', 'Ec2', 'ElastiCache', 'ElasticLoadBalancing'],
  ...['ElasticLoadBalancingV2', 'Iam', 'Rds', 'Redshift', 'Route53', 'S3', 'Ses', 'Sns', 'Sqs', 'Sts'],
]);

/** The canonical codes of Google's APIs, in the spelling of its libraries' exceptions. */
const CANONICAL =
  'Aborted|AlreadyExists|Cancelled|DataLoss|DeadlineExceeded|FailedPrecondition|InternalServerError|InvalidArgument|NotFound|OutOfRange|PermissionDenied|ResourceExhausted|ServiceUnavailable|Unauthenticated|Unavailable|Unimplemented';

const googleBody = (name: string, status: string | undefined, message: string | undefined): object => ({
  error: {
    ...(status !== undefined && { code: Number(status) }),
    message,
    status: name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase(),
  },
});

const FORMS: Form[] = [
  // twilio-python up to 5 and twilio-ruby: "HTTP ERROR 401: 20003: Authenticate", "[HTTP 400] 21211 : The 'To' number …"
  {
    pattern: /(?:\bHTTP ERROR [1-5]\d\d: |\[HTTP [1-5]\d\d\] )(\d{5}) ?: (\S[^\n]{2,500})/,
    body: ([code = '', sentence], text) =>
      saidByTwilio(code, sentence?.trim(), text.slice(text.indexOf(sentence ?? ''))),
  },
  // twilio-python and twilio-php name the page of the error beside its sentence.
  {
    pattern:
      /\b(?:Unable to \w{3,10} record): (\S[^\n]{2,500})(?:\n[^\n]{0,200}){0,8}?\btwilio\.com\/docs\/(?:api\/)?errors\/(\d{5})\b/,
    body: ([sentence = '', code = '']) => saidByTwilio(code, sentence.trim(), ''),
  },
  {
    pattern: /\bUnable to \w{3,10} record: (\S[^\n]{2,500}?) \(Code (\d{5})\)/i,
    about: /twilio/i,
    body: ([sentence = '', code = '']) => saidByTwilio(code, sentence.trim(), ''),
  },
  // The AWS SDK for Java 2 names the exception as the code; XML and Query have codes without the ending.
  {
    pattern:
      /\bsoftware\.amazon\.awssdk\.services\.\w{2,40}\.model\.([A-Z]\w{2,60})Exception: (\S[^\n]{2,1500}?) \(Service: (\w{2,40}), Status Code: /,
    body: ([name = '', message, service = '']) => ({
      ...(name !== service && { __type: WITHOUT_ENDING.has(service) ? name : `${name}Exception` }),
      message,
    }),
  },
  // That for JavaScript 3 prints the code, what the service said, the stack, and its own members.
  {
    pattern:
      /(?:^|\n)([A-Z]\w{3,60}): ([^\n]{1,500})(?:\n[ \t]{1,20}at [^\n]{1,300}){1,80} \{\n[ \t]{1,20}'?\$(?:fault|metadata)'?: /,
    body: ([code = '', message]) => ({ __type: code, message }),
  },
  // amazonka, for Haskell
  {
    pattern:
      /\bErrorCode \\?"(\w{3,60})\\?", _serviceErrorMessage = Just \(ErrorMessage \{fromErrorMessage = \\?"([^"\\\n]{2,1000})/,
    body: ([code = '', message]) => ({ __type: code, message }),
  },
  // Google's libraries for Python name the exception as the canonical code, in another spelling.
  {
    pattern: /\bgoogle\.api_core\.exceptions\.([A-Z]\w{2,40}): ([1-5]\d\d) (\S[^\n]{2,500})/,
    body: ([name = '', status, message]) => googleBody(name, status, message),
  },
  {
    pattern: new RegExp(`\\braised (${CANONICAL}): ([45]\\d\\d) (\\S[^\\n]{2,500})`),
    body: ([name = '', status, message]) => googleBody(name, status, message),
  },
  // Those for Ruby add the number of the code in gRPC.
  {
    pattern: new RegExp(`\\bGoogle::Cloud::(${CANONICAL})Error: \\d{1,2}:(\\S[^\\n]{2,500})`),
    body: ([name = '', message]) => googleBody(name, undefined, message),
  },
  // Azure's sentence for AuthorizationFailed, from programs that print no code.
  {
    pattern:
      /\b(The client '[^'\n]{1,200}' with object id '[^'\n]{1,100}' does not have authorization to perform action '[^\n]{2,1000})/,
    body: ([message = '']) => ({ error: { code: 'AuthorizationFailed', message: message.trim() } }),
  },
  ...REGISTRY_FORMS,
  ...NPM_FORMS,
  ...KUBERNETES_FORMS,
  ...FORMS_OF_APIS,
];

/** The body of an answer whose client printed only what it says; null where the text has no such form. */
export function retoldBody(text: string): string | null {
  const start = text.slice(0, SEARCHED);
  return bodyOfForm(start) ?? (start.includes('\\"') ? bodyOfForm(start.replaceAll('\\"', '"')) : null);
}

function bodyOfForm(start: string): string | null {
  for (const { pattern, about, body } of FORMS) {
    const found = pattern.exec(start);
    if (found === null || about?.test(start) === false) continue;
    const told = body(found.slice(1), start);
    if (told !== null) return JSON.stringify(told);
  }
  return null;
}

/** So much of a text is searched. */
const SEARCHED = 8 * 1024;
