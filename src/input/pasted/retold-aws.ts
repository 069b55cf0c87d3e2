import { parseJson } from '../../json/read.ts';
import type { Form } from './retold-form.ts';

/** Services of AWS whose codes do not end with "Exception", by their names in the SDK for Java. */
const WITHOUT_ENDING = new Set([
  ...['AutoScaling', 'CloudFormation', 'CloudFront', 'CloudWatch', 'Ec2', 'ElastiCache', 'ElasticLoadBalancing'],
  ...['ElasticLoadBalancingV2', 'Iam', 'Rds', 'Redshift', 'Route53', 'S3', 'Ses', 'Sns', 'Sqs', 'Sts'],
]);

/** Services whose codes do not end with "Exception", by their names in the SDK for .NET. */
const WITHOUT_ENDING_NET = new Set([
  ...['AutoScaling', 'CloudFormation', 'CloudFront', 'CloudWatch', 'EC2', 'ElastiCache', 'ElasticLoadBalancing'],
  ...['ElasticLoadBalancingV2', 'IdentityManagement', 'RDS', 'Redshift', 'Route53', 'S3', 'SQS', 'SecurityToken'],
  ...['SimpleEmail', 'SimpleNotificationService'],
]);

/** The message as the SDK for Ruby prints it: behind the class or in parentheses, else on the next line. */
const BEHIND_CLASS = /^(?!(?:in|at|from)\b)(\w[^\n]{0,1000}?)[:)]{0,3}$/;

function rubyBody(service: string, name: string, behind: string, below: string | undefined): object {
  // The class has only the last part of the one code in parts that the catalogs have.
  const code = service === 'SQS' && name === 'NonExistentQueue' ? `AWS.SimpleQueueService.${name}` : name;
  return { __type: code, message: BEHIND_CLASS.exec(behind.replace(/^\W{1,6}/, ''))?.[1] ?? below?.trim() ?? null };
}

/** Codes of the handlers of CloudFormation that say nothing of what the service answered. */
const VAGUE_HANDLER_CODES = new Set(['GeneralServiceException', 'InvalidRequest', 'NotStabilized', 'NotUpdatable']);

/** Details that the SDK for Java 2 appends to a sentence. */
const ADDED =
  / ?\(Service: \w{2,40}, Status Code: \d{3}, Request ID: [^)]{0,200}\)(?: \(SDK Attempt Count: \d{1,2}\))?$/;

/** Where a service answered and the handler's code is vague, its own code is not told; else that of the handler is all there is. */
function handlerBody(said: string, code: string): object {
  const message = said.replace(ADDED, '');
  if (!VAGUE_HANDLER_CODES.has(code)) return { __type: code, message };
  return message === said ? { HandlerErrorCode: code, message } : { message };
}

/** The object that a string of bytes holds, of which Rust escapes the quotes; null where it is none. */
function objectIn(bytes: string): object | null {
  const value = parseJson(bytes.replaceAll(/\\(["\\])/g, '$1'));
  return typeof value === 'object' && value !== null ? value : null;
}

/** The codes of sentences that S3 says of no other (its list of error codes). */
const CODES_OF_S3: Record<string, string> = {
  'Access Denied': 'AccessDenied',
  'The specified bucket does not exist': 'NoSuchBucket',
  'The specified key does not exist': 'NoSuchKey',
};

/** How the SDKs of AWS and the programs that use them print its errors. */
export const AWS_FORMS: Form[] = [
  // Lambda tells in its sentence what S3 answered when it got the code; where its own code is beside it, that counts.
  {
    pattern: /\bError occurred while [\w ]{3,60}\. S3 Error Code: (\w{3,60})\. S3 Error Message: (\S[^\n"]{2,1000})/,
    body: ([code = '', message = ''], text) =>
      /; Error Code: \w/.test(text) ? null : { __type: code, message: message.replace(ADDED, '') },
  },
  // PynamoDB puts the ID of the request and the table into the sentence of boto3.
  {
    pattern:
      /\bAn error occurred \((\w{3,80})\) on request \([^)\n]{1,120}\)(?: on table \([^)\n]{1,255}\))? when calling the \w{2,80} operation: ?(\S[^\n]{2,1000})/,
    body: ([code = '', message]) => ({ __type: code, message }),
  },
  // Any program, where the sentence names who was refused
  {
    pattern:
      /(?:^|[\s("'])([A-Z][a-z][A-Za-z]{2,60}): (User: arn:aws[\w-]{0,10}:(?:iam|sts)::\S{1,300} is not authorized to perform: [^\n"]{3,1000})/m,
    body: ([code = '', message]) => (code === 'Error' ? null : { __type: code, message }),
  },
  // Fluent Bit
  {
    pattern:
      /\b(?:[A-Z][a-z]{1,30}){2,6} API responded with error='([A-Z]\w{2,80})'(?:, message='([^\n]{1,1000}?)'(?=$|\n|["}]))?/,
    body: ([code = '', message]) => ({ __type: code, message: message ?? null }),
  },
  // CloudFormation: what a service answered, and the code that the handler of the resource made of it.
  {
    pattern:
      /\bResource handler returned message: \\{0,3}"(\S[\s\S]{2,1500}?)\\{0,3}"\s?\(RequestToken: [\s\S]{4,60}?HandlerErrorCode:\s{1,3}(\w{4,40})/,
    body: ([said = '', code = '']) => handlerBody(said.replaceAll(/\s{1,80}/g, ' '), code),
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
  // Programs that print the sentence of S3 and the details of that SDK, without the exception's name.
  {
    pattern:
      /\b(Access Denied|The specified bucket does not exist|The specified key does not exist\.?) \(Service: S3, Status Code: [45]\d\d, Request ID: /,
    body: ([message = '']) => ({ __type: CODES_OF_S3[message.replace('.', '')], message }),
  },
  // The SDK for JavaScript 3 prints the code, what the service said, the stack, and its own members.
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
  {
    pattern:
      /\[ServiceError\] \{\s{1,10}service {1,10}= \w{2,40}\s{1,10}status {1,10}= [45]\d\d[^\n]{0,60}\n\s{1,10}code {1,10}= (\w{3,80})\s{1,10}message {1,10}= (?:Just )?(\S[^\n]{1,1000})/,
    body: ([code = '', message]) => ({ __type: code, message: message === 'Nothing' ? null : message }),
  },
  // The SDK for PHP 3 prints the code, who is to blame and what the service said behind the answer of its HTTP client.
  {
    pattern:
      /\bAWS HTTP error: [\s\S]{1,2000}?\s([A-Z][\w.]{3,80}) \((?:client|server)\): (\S[^\n]{2,1000}?)(?: - [<{]|'?$)/m,
    body: ([code = '', message]) => ({ __type: code, message }),
  },
  // The SDK for PHP 2 has an exception for each code of a service.
  {
    pattern:
      /\bAws\\{1,2}(\w{2,40})\\{1,2}Exception\\{1,2}(?!S3|DeleteMultiple|\1Exception)([A-Z]\w{2,60})Exception\b(?:' with message '|\) |: )(\S[^\n]{2,1000})/,
    body: ([service = '', name = '', message = '']) => ({
      __type: WITHOUT_ENDING.has(service) ? name : `${name}Exception`,
      message: message.replace(/'? in \/[^\n]{1,500}$/, ''),
    }),
  },
  // The SDK for JavaScript 2 raises errors in a function of its own.
  {
    pattern:
      /(?:^|[\s{"])(?!Error: )([A-Z]\w{2,60}(?:\.[A-Z]\w{1,60}){0,3}): ([^\n]{1,1000})\n[ \t]{1,20}at (?:Object|Request|constructor|features\.constructor)\.extractError \(/m,
    about: /\baws-sdk\//,
    body: ([code = '', message]) => ({ __type: code, message: message?.trim() }),
  },
  {
    pattern:
      /\bA(?:ws|WS)::([A-Z]\w{1,40})::Errors::(?!ServiceError|DynamicErrors|Http\d)([A-Z]\w{2,80})\b([^\n]{0,1000})(?:\n([^\n]{3,1000}))?/,
    body: ([service = '', name = '', behind = '', below]) => rubyBody(service, name, behind, below),
  },
  {
    pattern: /\bAmazon\.(\w{2,40})\.Model\.([A-Z]\w{2,60})Exception: (\S[^\n]{2,1500}?)(?: ---> |\n|$)/,
    body: ([service = '', name = '', message]) => ({
      __type: WITHOUT_ENDING_NET.has(service) ? name : `${name}Exception`,
      message,
    }),
  },
  // A log of the header fields, of which one has the code, and of the body, which has none.
  {
    pattern:
      /\bx-amzn-errortype\\?["']?\s{0,3}(?:=>|[:=])\s{0,3}\\?["']?(\w{3,80})[\s\S]{0,2000}?\{\s{0,20}\\?["'][Mm]essage\\?["']\s{0,3}(?:=>|:)\s{0,3}\\?["']((?:[^"\\\n]|\\[^"\n]){2,1000})/i,
    body: ([code = '', message]) => ({ __type: code, message }),
  },
  // The SDK for Go 1 prints the code, what the service said, if anything, and the status on a line of its own.
  {
    pattern:
      /(?:^|[\s:(["])((?=[A-Z][a-z0-9]{1,30}[A-Z])[A-Z][A-Za-z0-9]{3,60}(?:\.[A-Z]\w{1,40}){0,3}): ?([^\n]{0,1500}?)(?:[ \t]{0,5}\n[ \t]{0,20}| |, |\\n(?:\\t)?)status code: [45]\d\d, ?(?:request id: |["'\n]|$)/m,
    body: ([code = '', message = '']) => ({ __type: code, message: message === '' ? null : message }),
  },
  // The SDK for Rust prints its structure of an error.
  {
    pattern:
      /\bcode: Some\("([A-Z]\w{2,80})"\), message: Some\("((?:[^"\\\n]|\\.){2,1000})"\), extras: Some\(\{[^}\n]{0,300}"aws_request_id"/,
    body: ([code = '', message]) => ({ __type: code, message: message?.replaceAll(/\\(["\\])/g, '$1') }),
  },
  // Where it did not know the error, it prints the answer, with the body as a string of bytes.
  {
    pattern: /\bSdkBody \{ inner: Once\(Some\(b"(\{\\"(?:[^"\\\n]|\\.){2,2000}\})"\)/,
    body: ([body = '']) => objectIn(body),
  },
  // The SDK for Java 1, with labels
  {
    pattern:
      /\bAWS Error Code: ([A-Z][\w.]{2,80}),[^\n]{0,300}?\bAWS Error Message: (\S[^\n]{2,1000}?)(?:, S3 Extended Request ID: |\n|$)/,
    body: ([code = '', message]) => ({ __type: code, message }),
  },
  // The sentence about a permission, at the beginning of a line of a program that prints no code.
  {
    pattern: /(?:^|\n)[ \t]{0,20}(User: arn:aws[\w-]{0,10}:[^\s]{1,300} is not authorized to perform: [^\n]{3,1000})/,
    body: ([message], text) =>
      /\bError Code: \w|\bAn error occurred \(/.test(text) ? null : { __type: 'AccessDenied', message },
  },
  // The sentence of Signature Version 4 about a clock, from programs that print no code.
  {
    pattern:
      /\b(Signature (?:expired|not yet current): \d{8}T\d{6}Z is (?:now earlier|still later) than \d{8}T\d{6}Z[^\n]{0,200})/,
    body: ([message]) => ({ __type: 'SignatureDoesNotMatch', message }),
  },
];
