import type { Form } from './retold-form.ts';

/** Services of AWS whose codes do not end with "Exception", by their names in the SDK for Java. */
const WITHOUT_ENDING = new Set([
  ...['AutoScaling', 'CloudFormation', 'CloudFront', 'CloudWatch', 'Ec2', 'ElastiCache', 'ElasticLoadBalancing'],
  ...['ElasticLoadBalancingV2', 'Iam', 'Rds', 'Redshift', 'Route53', 'S3', 'Ses', 'Sns', 'Sqs', 'Sts'],
]);

/** Those in the SDK for .NET. */
const WITHOUT_ENDING_NET = new Set([
  ...['AutoScaling', 'CloudFormation', 'CloudFront', 'CloudWatch', 'EC2', 'ElastiCache', 'ElasticLoadBalancing'],
  ...['ElasticLoadBalancingV2', 'IdentityManagement', 'RDS', 'Redshift', 'Route53', 'S3', 'SQS', 'SecurityToken'],
  ...['SimpleEmail', 'SimpleNotificationService'],
]);

/** What the SDK for Ruby prints of the message: behind the class or in parentheses, else on the next line. */
const BEHIND_CLASS = /^(?!(?:in|at|from)\b)(\w[^\n]{0,1000}?)[:)]{0,3}$/;

function rubyBody(service: string, name: string, behind: string, below: string | undefined): object {
  // The class has only the last part of the one code in parts that the catalogs have.
  const code = service === 'SQS' && name === 'NonExistentQueue' ? `AWS.SimpleQueueService.${name}` : name;
  return { __type: code, message: BEHIND_CLASS.exec(behind.replace(/^\W{1,6}/, ''))?.[1] ?? below?.trim() ?? null };
}

/** How the SDKs of AWS and the programs that use them print its errors. */
export const AWS_FORMS: Form[] = [
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
  // That for JavaScript 2 raises errors in a function of its own.
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
  // That for Go 1: the code, what the service said, if anything, and the status on a line of its own.
  {
    pattern:
      /(?:^|[\s:([])((?=[A-Z][a-z0-9]{1,30}[A-Z])[A-Z][A-Za-z0-9]{3,60}(?:\.[A-Z]\w{1,40}){0,3}): ?([^\n]{0,1500}?)(?:[ \t]{0,5}\n[ \t]{0,20}| |, )status code: [45]\d\d, request id: /m,
    body: ([code = '', message = '']) => ({ __type: code, message: message === '' ? null : message }),
  },
  // That for Rust prints what it keeps of an error.
  {
    pattern:
      /\bcode: Some\("([A-Z]\w{2,80})"\), message: Some\("((?:[^"\\\n]|\\.){2,1000})"\), extras: Some\(\{[^}\n]{0,300}"aws_request_id"/,
    body: ([code = '', message]) => ({ __type: code, message: message?.replaceAll(/\\(["\\])/g, '$1') }),
  },
  // That for Java 1, with labels
  {
    pattern:
      /\bAWS Error Code: ([A-Z][\w.]{2,80}),[^\n]{0,300}?\bAWS Error Message: (\S[^\n]{2,1000}?)(?:, S3 Extended Request ID: |\n|$)/,
    body: ([code = '', message]) => ({ __type: code, message }),
  },
  // The sentence of Signature Version 4 about a clock, from programs that print no code.
  {
    pattern:
      /\b(Signature (?:expired|not yet current): \d{8}T\d{6}Z is (?:now earlier|still later) than \d{8}T\d{6}Z[^\n]{0,200})/,
    body: ([message]) => ({ __type: 'SignatureDoesNotMatch', message }),
  },
];
