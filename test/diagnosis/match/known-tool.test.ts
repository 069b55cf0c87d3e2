import { expect, it } from 'vitest';
import { builtIn } from '../../../src/catalogs/index.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { readPaste } from '../../../src/input/log-text.ts';
import { readSavedErrors } from '../../../src/input/saved-error.ts';

const diagnosed = (text: string) => diagnose(readPaste(text), builtIn, { now: 0 });

it.each([
  [
    'An error occurred (ExpiredToken) when calling the ListBuckets operation: The provided token has expired.',
    'aws/expired-token',
  ],
  [
    'An error occurred (NoSuchKey) when calling the GetObject operation: The specified key does not exist.',
    'aws/s3-no-such-key',
  ],
  [
    'botocore.exceptions.ClientError: An error occurred (ThrottlingException) when calling the DescribeTable operation (reached max retries: 4): Rate exceeded',
    'aws/throttled',
  ],
  [
    'An error occurred (AccessDenied) when calling the PutObject operation: User: arn:aws:iam::123456789012:user/ci is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::logs/a" because no identity-based policy allows the s3:PutObject action',
    'aws/no-identity-policy',
  ],
  [
    'operation error S3: GetObject, https response error StatusCode: 403, RequestID: R1, HostID: H1, api error AccessDenied: Access Denied',
    'aws/s3-access-denied',
  ],
  [
    'com.amazonaws.services.dynamodbv2.model.AmazonDynamoDBException: The provided key element does not match the schema (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ValidationException; Request ID: R1; Proxy: null)',
    'aws/dynamodb-key-schema',
  ],
  [
    "software.amazon.awssdk.services.s3.model.S3Exception: The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1' (Service: S3, Status Code: 400, Request ID: ABC)",
    'aws/s3-wrong-region-signed',
  ],
  [
    'Error: error creating ECS Service (web_app): ServiceQuotaExceededException: The service quota would be exceeded',
    'aws/service-quota-exceeded',
  ],
  ['Error from server (NotFound): deployments.apps "web" not found', 'kubernetes/not-found'],
  [
    'Error from server (BadRequest): container "web" in pod "web-0" is waiting to start: PodInitializing',
    'kubernetes/container-not-started',
  ],
  [
    'Error: authorization.RoleAssignmentsClient#Create: Failure responding to request: StatusCode=403 -- Original Error: autorest/azure: Service returned an error. Status=403 Code="AuthorizationFailed" Message="The client does not have authorization to perform this action"',
    'azure/authorization-failed',
  ],
  [
    '│ Error: googleapi: Error 403: Compute Engine API has not been used in project 123 before or it is disabled., accessNotConfigured',
    'google-cloud/access-not-configured',
  ],
  ['ERROR: (gcloud.run.deploy) PERMISSION_DENIED: Permission denied on resource', 'google-cloud/permission-denied'],
  [
    'E/paypal.sdk: request failed with server response:{"name":"RESOURCE_NOT_FOUND","message":"The specified resource does not exist."}',
    'paypal/resource-not-found',
  ],
  ['gh: Resource not accessible by personal access token (HTTP 403)', 'github/token-lacks-permission'],
  ['stripe.error.CardError: Request req_A1b2: Your card was declined.', 'stripe/card-declined'],
  ['StripeInvalidRequestError: Missing required param: currency.', 'stripe/parameter-missing'],
  ["ERROR - handlers - Error calling Slack API endpoint 'conversations.invite': cant_invite_self", 'slack/cant-invite'],
  [
    "lib/slack/web/faraday/response/raise_error.rb:9:in `on_complete': not_in_channel (Slack::Web::Api::Error)",
    'slack/not-in-channel',
  ],
  [
    'Error in team id=1, is_archived, gems/slack-ruby-client-0.14.6/lib/slack/web/faraday/response/raise_error.rb:16',
    'slack/is-archived',
  ],
  ['SlackAPIError: already_reacted', 'slack/already-reacted'],
  ['[ERROR] eval: *terraform.EvalApplyPost, err: restricted_action', 'slack/restricted-action'],
  [
    'E(1724824356): [Customer.get] Error: Unrecognized request URL (GET: /v1/customers/). If you are trying to list objects, remove the trailing slash. Please see https://stripe.com/docs or we can help at https://support.stripe.com/.',
    'stripe/unrecognized-url',
  ],
  [
    'HTTP 401: You have insufficient permissions for this operation. Missing scopes: model.request',
    'openai/missing-scope',
  ],
  ['Slack returned error code "validation_errors"', 'slack/invalid-object'],
  [
    'Slack::Notifier::APIError: The slack API returned an error: action_prohibited (HTTP Code 500)',
    'slack/webhook-prohibited',
  ],
  [
    'Stripe::RateLimitError in api/payments#create\nThis object cannot be accessed right now because another API request or Stripe process is currently accessing it. If you see this error intermittently, retry the request.',
    'stripe/lock-timeout',
  ],
  [
    'PayPal SDK: Request has failed with error: VALIDATION_ERROR - The payment information is invalid. (400)',
    'paypal/invalid-request',
  ],
  [
    "anthropic._exceptions.RequestTooLargeError: Error code: 413 - {'error': {'type': 'request_too_large', 'message': 'Request exceeds the maximum size'}}",
    'anthropic/request-too-large',
  ],
  [
    'Stripe::CardError: (Status 402) (Request req_1a) Your card has insufficient funds.',
    'stripe/decline-insufficient-funds',
  ],
  ['slack_sdk.errors.SlackApiError: ratelimited', 'slack/ratelimited'],
  ['# => "Slack::Web::Api::Errors::SlackError: channel_not_found"', 'slack/channel-not-found'],
  ['slacker.Error: missing_scope', 'slack/missing-scope'],
  ['StripeError<String?>(message: No such price: price_1, code: resource_missing)', 'stripe/resource-missing'],
  [
    '[log] StripeException(error: LocalizedErrorMessage(code: FailureCode.Failed, message: Your card was declined, type: null))',
    'stripe/card-declined',
  ],
  [
    '[2023-05-16 14:29:33] production.ERROR: Your card was declined. {"userId":26,"exception":"[object] (Stripe\\\\Exception\\\\CardException(code: 0): Your card was declined. at /srv/ApiErrorException.php:38)\n[stacktrace]\n#0 /srv/a.php',
    'stripe/card-declined',
  ],
  [
    'local.ERROR: Your card does not support this type of purchase. {"exception":"[object] (Cartalyst\\\\Stripe\\\\Exception\\\\CardErrorException(code: 402): Your card does not support this type of purchase. at /srv/Handler.php:123)',
    'stripe/decline-card-not-supported',
  ],
  [
    '500 Internal Server Error. Log: Stripe.StripeException: Invalid API Key provided: REPLACE_ME at Checkout.Create (Checkout.cs:43).',
    'stripe/invalid-api-key',
  ],
])('an error in the words of a tool of the API is found in its catalog: %s', (text, id) => {
  const found = diagnosed(text);
  expect(found).toMatchObject({ id, confidence: 'general', api: null });
});

it.each([
  [
    'a code that the catalog does not have',
    'An error occurred (NoSuchHostedZone) when calling the GetHostedZone operation: No hosted zone found',
  ],
  [
    'an error of the tool itself',
    'Unable to locate credentials. You can configure credentials by running "aws configure".',
  ],
  ['a failure of its own of a program', '500 Internal Server Error. Log: botocore.exceptions.ClientError: it is odd'],
])('%s is not forced into an entry', (_, text) => {
  expect(diagnosed(text).id).not.toMatch(/^aws\//);
});

it('reads an error that Python prints as an object, which is no markup', () => {
  const printed = `<HttpError 403 when requesting https://gmail.googleapis.com/gmail/v1/x?alt=json returned "Gmail API has not been used in project 4 before or it is disabled.". Details: "[{'message': 'x', 'domain': 'usageLimits', 'reason': 'accessNotConfigured'}]">`;
  const [found] = [...readSavedErrors(printed, '-')];
  expect(found && diagnose(found.exchange, builtIn, { now: 0 }).id).toBe('google-cloud/access-not-configured');
});

it.each([
  ['HttpError: network timeout at: https://api.github.com/repos/a/b', 'http/gateway-timeout'],
  ['docker: Error response from daemon: failed to create task: read-only file system', null],
  [
    'botocore.exceptions.ParamValidationError: Parameter validation failed: the rotation needs a Lambda',
    'http/bad-request',
  ],
])('takes one word of a sentence for no evidence of an entry: %s', (text, id) => {
  expect(diagnosed(text).id).toBe(id);
});

it('takes the ID of a request to Ceph for a sign that AWS did not answer', () => {
  const text = (id: string) =>
    `null (Service: Amazon S3; Status Code: 403; Error Code: SignatureDoesNotMatch; Request ID: ${id})`;
  expect(diagnosed(text('tx00000da015418326e48b0-006712557f-104e8a0ac-default')).id).toBe('http/unauthorized');
  expect(diagnosed(text('ZBS42JFYT3CF33NR')).id).toBe('aws/signature-mismatch');
});
