import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { readPaste } from '../../src/input/log-text.ts';
import { forms, needlesOfForm } from '../../src/input/pasted/retold.ts';

it.each([
  ['HTTP ERROR 401: 20003: Authenticate', 'twilio', '20003'],
  ["[HTTP 400] 21211 : The 'To' number +1555 is not a valid phone number.", 'twilio', '21211'],
  [
    'twilio.base.exceptions.TwilioRestException: Unable to create record: The message body is required (Code 21602)',
    'twilio',
    '21602',
  ],
  ['Error: manifest unknown: manifest tagged by "1.4" is not found', 'docker', 'MANIFEST_UNKNOWN'],
  [
    'google.api_core.exceptions.PermissionDenied: 403 Permission denied on resource project p.',
    'google-cloud',
    'PERMISSION_DENIED',
  ],
  ['toomanyrequests: You have reached your pull rate limit.', 'docker', 'TOOMANYREQUESTS'],
])('reads the error that a client put into words of its own: %s', (text, catalog, code) => {
  const found = diagnose(readPaste(text), builtIn, { now: 0 });
  expect(found.code).toBe(code);
  expect(found.id?.split('/')[0]).toBe(catalog);
});

it.each([
  [
    'Error from server (Forbidden): pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "dev"',
    'kubernetes/forbidden',
  ],
  [
    "(ResourceNotFound) The Resource 'Microsoft.Web/sites/shop' under resource group 'rg' was not found.\nCode: ResourceNotFound",
    'azure/resource-not-found',
  ],
  [
    'Warning  FailedCreate  2m  replicaset-controller  Error creating: pods "api-8" is forbidden: failed quota: compute: must specify requests.cpu',
    'kubernetes/quota-needs-resources',
  ],
  [
    'Error: UPGRADE FAILED: cannot patch "gw" with kind Service: Service "gw" is invalid: spec.clusterIP: Invalid value: "": field is immutable',
    'kubernetes/invalid-immutable',
  ],
  [
    'Error from server (InternalError): error when creating "x.yml": \nInternal error occurred: failed calling webhook "a.example.com":\nPost https://hook.ns.svc:443/mutate: no service port found',
    'kubernetes/webhook-failed',
  ],
  [
    'error syncing "default/foo": Operation cannot be fulfilled on foos.example.io "foo": the object has been modified; please apply your changes to the latest version and try again, requeuing',
    'kubernetes/conflict',
  ],
  [
    'E0628 15:47:49.8 1 node.go:7] nodes "n1" cannot be updated: the object has been modified; please apply your changes',
    'kubernetes/conflict',
  ],
  [
    'pynamodb.exceptions.TableError: Failed to create table: An error occurred (LimitExceededException) on request (ABC1) on table (logs) when calling the CreateTable operation: Subscriber limit exceeded',
    'aws/limit-exceeded',
  ],
  [
    "[error] [output:s3:s3.0] CreateMultipartUpload API responded with error='ExpiredToken', message='The provided token has expired.'",
    'aws/expired-token',
  ],
  [
    'PutItem: SdkBody { inner: Once(Some(b"{\\"__type\\":\\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\\",\\"message\\":\\"The conditional request failed\\"}")) }',
    'aws/dynamodb-condition-failed',
  ],
  [
    'Creating the deployment failed\nError: HttpError: Resource not accessible by integration\n    at /home/runner/work/_actions/acme/deploy/v4/node_modules/@octokit/request/dist-node/index.js:124:1\nError: Failed to create it (status: 403)',
    'github/app-lacks-permission',
  ],
  [
    'Error: PATCH https://api.github.com/repos/acme/shop: 422 Invalid request.\n\nFor \'properties/topics\', {"a"=>["b c"]} is not an array. []\n\n  with github_repository.shop,',
    'github/invalid-request',
  ],
  [
    'Error: Validation Failed: {"resource":"Label","code":"already_exists","field":"name"} - https://docs.github.com/rest/issues/labels#create-a-label',
    'github/already-exists',
  ],
  [
    'Error: Unprocessable Entity: "Position is invalid", "Path is missing" - https://docs.github.com/rest/pulls/reviews#create-a-review-for-a-pull-request',
    'github/validation-failed',
  ],
  [
    'Something is wrong:\nUser: arn:aws:iam::123456789012:user/ci is not authorized to perform: ecs:RunTask with an explicit deny in a service control policy\n   at A.B()',
    'aws/denied-by-scp',
  ],
  [
    'status:\n  message: "no data: key \\"a\\"\n    of Secret \\"a\\": ResourceNotFoundException:\n    Secrets Manager cannot find it.\\n\\tstatus code: 400, "\n  reason: Failed',
    'aws/resource-not-found',
  ],
  [
    'HttpError: Resource not accessible by integration - https://docs.github.com/rest/issues/comments#create-an-issue-comment',
    'github/app-lacks-permission',
  ],
  ['  Resource Not Found Exception ----------------------\n \n  Cannot do operations on it', 'http/not-found'],
  ['latest: Pulling from acme/shop\nmanifest unknown', 'docker/manifest-unknown'],
  ['API error (500): manifest unknown: manifest unknown', 'docker/manifest-unknown'],
  ['level=error msg="pull failed: manifest for acme/shop:1 not found"', 'docker/manifest-unknown'],
  ['##[error]denied: requested access to the resource is denied', 'docker/denied'],
  ['failed to authorize: failed to fetch oauth token: denied: denied', 'docker/denied'],
  ["pull access denied for a/b, repository does not exist or may require 'docker login'", 'docker/denied'],
  ['unauthorized: unauthorized to access repository: a/b, action: push', 'docker/unauthorized'],
  [
    'denied: adding 1.2 GiB of storage resource, which when updated to current usage of 9.9 GiB will exceed the configured upper limit of 10.0 GiB.',
    'docker/quota-exceeded',
  ],
  [
    'error: You must be logged in to the server (the server has asked for the client to provide credentials)',
    'kubernetes/unauthorized',
  ],
  ['Error: namespaces "a" already exists\n\n  with kubernetes_namespace.a,', 'kubernetes/already-exists'],
  ['error An unexpected error occurred: "https://registry.yarnpkg.com/a-b: Not found".', 'npm/not-found'],
  [
    'error Couldn\'t publish package: "https://registry.npmjs.org/a: You cannot publish over the previously published versions: 1.0.0."',
    'npm/version-exists',
  ],
  ['ERROR: failed to solve: failed to push reg.example/a/b:1: denied: no such project', 'docker/denied'],
  [
    "['docker', 'push', 'reg.example/a']\nunauthorized: HTTP Basic: Access denied. The token is wrong.",
    'docker/wrong-password',
  ],
  [
    'PUT https://reg.example/v2/a/manifests/1: multiple errors returned: UNKNOWN: unknown error; MANIFEST_BLOB_UNKNOWN: blob unknown to registry; sha256:0',
    'docker/manifest-blob-unknown',
  ],
  ['kubectl proxy: the server is currently unable to handle the request', 'kubernetes/service-unavailable'],
  ['Error: INSTALLATION FAILED: services "web" already exists', 'kubernetes/already-exists'],
  ['sync failed: deployments.apps "web" not found', 'kubernetes/not-found'],
  [
    'Status(v1,Status,ListMeta(,,None),Some(Failure),Some(pods "a" already exists),Some(AlreadyExists),None,Some(409))',
    'kubernetes/already-exists',
  ],
  ['npm ERR! code E401\nnpm ERR! 404 You must provide a one-time pass. : a', 'npm/second-factor'],
  [
    'You have reached your specified API usage limits.\nYou will regain access on 2026-04-01 at 00:00 UTC.',
    'anthropic/own-spend-limit',
  ],
  [
    'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade.',
    'anthropic/credit-balance-too-low',
  ],
  ["GraphQL: Could not resolve to a Repository with the name 'a/b'. (repository)", 'github/graphql-not-found'],
  ['gh: Could not resolve to an Issue with the number of 12.', 'github/graphql-not-found'],
  [
    'error: api returned 404 Not Found (not_found_error) [trace req_011CbeHEJfz1FXzBqpXocpWv]: model: a/b',
    'anthropic/model-not-found',
  ],
  [
    '🤖 {"type": "error",\n🤖   "error": {\n🤖     "type": "rate_limit_error",\n🤖     "message": "Slow down"}}',
    'anthropic/rate-limit',
  ],
  [
    `{'error': "It failed: {'type': 'error', 'error': {'type': 'overloaded_error', 'message': 'Overloaded'}}"}`,
    'anthropic/overloaded',
  ],
  [
    'error checking push permissions: checking push permission for "reg.example/a/b": POST https://reg.example/v2/a/b/blobs/uploads/: UNAUTHORIZED: unauthorized to access repository: a/b, action: push',
    'docker/unauthorized',
  ],
  [
    "error checking push permissions: checking push permission: DENIED: Caller does not have permission 'storage.buckets.get'.",
    'docker/denied',
  ],
  [
    'level=fatal msg="Error writing blob: Error initiating layer upload to /v2/a/b/blobs/uploads/ in quay.io: unauthorized: access to the requested resource is not authorized"',
    'docker/unauthorized',
  ],
  [
    'Error: writing blob: initiating layer upload to /v2/a/b/blobs/uploads/ in reg.example: requested access to the resource is denied',
    'docker/denied',
  ],
  [
    'Retrying achat_with_retry in 2.0 seconds as it raised ResourceExhausted: 429 Resource has been exhausted (e.g. check quota)..',
    'google-cloud/resource-exhausted',
  ],
  ['Google::Cloud::FailedPreconditionError: 9:Precondition check failed.', 'grpc/failed-precondition'],
  [
    'Can\'t install a: 500 Server Error for http+docker://localhost/v1.45/images/create?tag=1: Internal Server Error ("Head "https://ghcr.io/v2/a/b/manifests/1": unauthorized")',
    'docker/unauthorized',
  ],
  [
    '[info] java.util.concurrent.CompletionException: software.amazon.awssdk.services.kinesis.model.AccessDeniedException: User: arn:aws:iam::1:user/u is not authorized to perform: kinesis:CreateStream on resource: r because no identity-based policy allows the kinesis:CreateStream action (Service: Kinesis, Status Code: 400, Request ID: c63f5b8c)',
    'aws/no-identity-policy',
  ],
  [
    'software.amazon.awssdk.services.s3.model.NoSuchKeyException: The specified key does not exist. (Service: S3, Status Code: 404, Request ID: 1)',
    'aws/s3-no-such-key',
  ],
  [
    "Could not decrypt:\nInvalidCiphertextException: UnknownError\n    at de_Error (/var/runtime/a.js:1:1)\n    at async b.js:2 {\n  '$fault': 'client',\n  '$metadata': {\n    httpStatusCode: 400,\n  },",
    'aws/kms-invalid-ciphertext',
  ],
  [
    'ErrorCode \\"ProvisionedThroughputExceeded\\", _serviceErrorMessage = Just (ErrorMessage {fromErrorMessage = \\"The level of configured provisioned throughput for the table was exceeded.\\"})',
    'aws/dynamodb-throughput',
  ],
  [
    'error: Error creating IAM policy p: EntityAlreadyExists: A policy called p already exists.\n status code: 409, request id: eb9d',
    'aws/iam-already-exists',
  ],
  [
    'throw err;\n^\nThrottling: Rate exceeded\n    at Request.extractError (/app/node_modules/aws-sdk/lib/protocol/query.js:39:29)',
    'aws/throttled',
  ],
  [
    'client.go:404: Cannot patch ClusterRoleBinding: "e" (ClusterRoleBinding.rbac.authorization.k8s.io "e" is invalid: roleRef: Invalid value: rbac.RoleRef{Kind:"ClusterRole", Name:"b"}: cannot change roleRef)',
    'kubernetes/invalid-value',
  ],
  [
    'ERROR Reconciler error {"kind": "Cluster", "error": "Operation cannot be fulfilled on clusters.example.com \\"one\\": the object has been modified; please apply your changes to the latest version and try again"}',
    'kubernetes/conflict',
  ],
  [
    'ERRO[0125] failed to apply error="Operation cannot be fulfilled on services \\"one\\": the object has been modified; please apply your changes to the latest version and try again" instance=one',
    'kubernetes/conflict',
  ],
  [
    'fatal: [host]: FAILED! => {"changed": false, "msg": "Failed to delete pod web due to: Cannot evict pod as it would violate the pod\'s disruption budget."}',
    'kubernetes/disruption-budget',
  ],
  [
    "Exception while executing function: List The client 'c1' with object id 'c1' does not have authorization to perform action 'Microsoft.Resources/subscriptions/resourcegroups/read' over scope '/subscriptions/s' or the scope is invalid.",
    'azure/authorization-failed',
  ],
  [
    "ERROR: deployment failed\n\nDeployment Error Details:\nInvalidTemplateDeployment: The template deployment failed because of policy violation.\nRequestDisallowedByPolicy: Resource 'db' was disallowed by policy.",
    'azure/policy',
  ],
  [
    'A client error (ConditionalCheckFailedException) occurred when calling the PutItem operation: The conditional request failed.',
    'aws/dynamodb-condition-failed',
  ],
  [
    'Aws::SQS::Errors::NonExistentQueue (The specified queue does not exist for this wsdl version.):',
    'aws/sqs-no-queue',
  ],
  [
    'Amazon.SecurityToken.Model.ExpiredTokenException: The security token included in the request is expired ---> Amazon.Runtime.Internal.HttpErrorResponseException',
    'aws/expired-token',
  ],
  [
    'azure.keyvault.models.key_vault_error.KeyVaultErrorException: (Forbidden)\nThe user or application does not have secrets set permission\non key vault "v".',
    'azure/vault-forbidden',
  ],
  [
    'Google.GoogleApiException: Google.Apis.Requests.RequestError\nThe specified bucket does not exist. [404]\nErrors [\n\tMessage[The specified bucket does not exist.] Location[ - ] Reason[notFound] Domain[global]\n]',
    'google-cloud/legacy-not-found',
  ],
  [
    'Error 403 Access Not Configured. Enable it at https://console.developers.google.com/apis/api/a : accessNotConfigured',
    'google-cloud/access-not-configured',
  ],
  [
    "Google::Gax::PermissionDeniedError: GaxError RPC failed, caused by 7:Permission denied on 'locations/a'.. debug_error_string:{}",
    'google-cloud/permission-denied',
  ],
  [
    "ERROR: (Forbidden) Caller is not authorized to perform action on resource.\nAction: 'Microsoft.KeyVault/vaults/secrets/getSecret/action'",
    'azure/vault-rbac',
  ],
  [
    "main.CRITICAL: PayPal NVP gateway errors: This transaction couldn't be completed (#10486: This transaction couldn't be completed)",
    'paypal/nvp-funding-failure',
  ],
  [
    '\\"error\\":\\"Throttling: Rate exceeded\\\\n    at Request.extractError (/var/runtime/node_modules/aws-sdk/lib/protocol/query.js:40:29)\\\\n',
    'aws/throttled',
  ],
  ['io.grpc.StatusRuntimeException: UNAVAILABLE: The service was unable to fulfill your request.', 'grpc/unavailable'],
  [
    'GET "https://r.example.com/v2/charts/shop/tags/list": GET "https://r.example.com/token?scope=repository%3Acharts%2Fshop%3Apull&service=r": response status code 403: denied: denied',
    'docker/denied',
  ],
  [
    'npm http 500 https://registry.npmjs.org/shop\nnpm info retry will retry, error on last attempt: Error: Unexpected error (7c1). : shop',
    'npm/registry-failed',
  ],
  [
    'error: autorest/azure: Service returned an error. Status=<nil> Code="AnotherOperationInProgress" Message="Another operation on \\"a\\" is in progress."',
    'azure/locked-by-operation',
  ],
  [
    'azure-native:network:BastionHost (b):\n    error: Code="InvalidRequestFormat" Message="Cannot parse the request." Details=[]',
    'azure/invalid-format',
  ],
  [
    'Status 500: {"message":"Head \\"https://registry-1.docker.io/v2/a/b/manifests/1\\": unauthorized: incorrect username or password"}',
    'docker/wrong-password',
  ],
  ['ERRO[0000] failed to extract image: MANIFEST_UNKNOWN: "manifest unknown" ', 'docker/manifest-unknown'],
  [
    'error checking push permissions: checking push permission for\n"acme/shop:1": UNAUTHORIZED: authentication required',
    'docker/unauthorized',
  ],
  [
    'GET https://gcr.io/v2/token?scope=repository%3Aa%2Fb%3Apull&service=gcr.io: DENIED: \nNo access to this project',
    'docker/denied',
  ],
  [
    "failed to push to destination 1.dkr.ecr.eu-west-1.amazonaws.com/a:1: PUT https://1.dkr.ecr.eu-west-1.amazonaws.com/v2/a/manifests/1: TAG_INVALID: The image tag '1' already exists in the 'a' repository and cannot be overwritten because the tag is immutable.",
    'docker/tag-immutable',
  ],
  [
    'time="2026-03-15T18:08:34Z" level=error msg="response completed with error" err.code=unsupported err.message="The operation is unsupported." http.request.method=DELETE',
    'docker/unsupported',
  ],
  [
    '{"error": "unable to sync object: Deployment.apps \\"web\\" is invalid: [spec.template.spec.containers[0].ports[0].containerPort: Required value, spec.a: Required value]"}',
    'kubernetes/invalid-required',
  ],
  [
    'The Deployment "web" is invalid:\n* spec.selector: Required value\n* spec.template.spec.containers: Required value',
    'kubernetes/invalid-required',
  ],
  [
    'failed bootstrapping: AccessDenied: User: arn:aws:iam::1:user/ci is not authorized to perform: cloudformation:DescribeStacks on resource: arn:aws:cloudformation:eu-central-1:1:stack/a with an explicit deny in an identity-based policy',
    'aws/denied-by-identity-policy-deny',
  ],
  [
    'Failed to write secret: InvalidKeyId: it is pending deletion. (Service: AWSKMS; Status Code: 400; Error Code: KMSInvalidStateException; Request ID: a45f1c26-e158-43b1-88e7-576d40fd5c77; Proxy: null)',
    'aws/kms-invalid-state',
  ],
  [
    'Get https://registry-1.docker.io/v2/a/b/manifests/1: http: non-successful response (status=401 body="{\\"errors\\":[{\\"code\\":\\"UNAUTHORIZED\\",\\"message\\":\\"authentication required\\"}]}\\n")',
    'docker/unauthorized',
  ],
  [
    'POST https://1.dkr.ecr.us-east-1.amazonaws.com/v2/a/blobs/uploads/: DENIED: User: arn:aws:sts::1:assumed-role/a/b is not authorized to perform: ecr:InitiateLayerUpload on resource: c',
    'docker/denied',
  ],
])('finds the API by its own sentence in the words of any program: %s', (text, id) => {
  const found = diagnose(readPaste(text), builtIn, { now: 0 });
  expect(found.id).toBe(id);
});

it.each([
  'The feature "dark mode" is forbidden: ask an administrator',
  'Internal error occurred: failed to send mail',
  'user "jane" already exists',
  'The class Aws::S3::Errors::ServiceError rescues whatever the storage raises, and the upload failed',
  'error: Signature expired: the certificate of the plugin is now earlier than the release',
  'An error occurred (InternalFailure) when calling the CreateQueue operation on http://localhost:4566: not yet implemented',
  'Aws::S3::Errors::NoSuchBucket (The specified bucket does not exist) at https://files.nyc3.digitaloceanspaces.com/a',
  'Error 403 The reports are closed : notYetOpen',
  'The shop is closed, says the PayPal gateway: try tomorrow (#4: Closed)',
  'GET http://minio:9000/a: NoSuchKey: The specified key does not exist.\n\tstatus code: 404, request id: 16A',
  'denied: requested access to the resource is denied by the policy of our firm',
  '$ docker run acme/app\ndenied: your card is not accepted',
  'GET https://api.example.com/v2/a: multiple errors returned: the door is closed; ASK: the porter',
  'unauthorized: HTTP Basic: the password is wrong',
  'The mail server said: the server is currently unable to handle the request',
  'records.example.com "www" not found',
  'jobs.example.com "nightly" already exists',
  'services "web" already exists',
  'admission webhook "a.b.c" said: the server is currently unable to handle the request',
  'etcdctl put a b\nError: etcdserver: leader changed',
  'Status(v1,Status,ListMeta(,,None),Some(Success),Some(saved),None,None,Some(200))',
  'No matching version found for your phone',
  'We failed to fetch the token: denied: the bank is closed',
  'denied: adding 3 GB of music to a full disk',
  'Access denied for pull requests, the repository may require a login',
  'unauthorized: access to the requested resource is not authorized for guests of the hotel',
  'Upload done. manifest for assets:v3 not found, building a new one',
  'You have reached your usage limits for today. You will regain access on Monday.',
  'Your credit balance is too low to access the API of the lottery.',
  "Could not resolve to a host with the name 'db'.",
  'You have reached your specified destination.\nYou will regain access on 2026-04-01 at 00:00 UTC.',
  "lib/spec.rb:45:in 'raise_if_conflicts': Unable to activate a, because b conflicts with c (Gem::ConflictError)",
  `{"message": "Saved the profile: {'type': 'user', 'status': 'active'}"}`,
  'The request handler returned message: "InvalidRequest", and nobody read it',
  'Error calling GET https://intranet.example.com/a: (403) The office is closed',
  '* domain: example.org\n* reason: moved\n* message: Ask the office for the new address',
  "raise SlackAPIError('timeout', headers) is what the bot did, and then it stopped",
  'Error occurred while reading the tape. Tape Error Code: NoSuchKey. Tape Error Message: The reel is empty',
  '<Error><Code>AccessDenied</Code><Message>Access Denied</Message><RequestId>5f54267e60f4c9d98be1</RequestId></Error>',
  'GET https://api.example.com/v2/orders/7/tags: unexpected status code 403: denied: account is closed',
  'POST "https://ads.example.com/v2/campaigns/9": response status code 403: denied: budget locked',
  'npm http fetch GET 404 https://registry.example.com/a 30ms\nwill retry later, says the porter',
  'compile error: Code="Missing" Message="no such symbol"',
  'error: Code="QuotaExceeded" Message="too many mailboxes"',
  'copying files to backup/x: denied: disk is read-only',
  'failed to push main/branch: denied: hook declined',
  'checking permissions in shop/orders: denied: the account is locked',
  'reading config in app/settings.yml: unsupported: version 3',
  'GET https://api.shop.example/v2/items/blobs/7: denied: subscription has ended',
  'The Form "sign-up" is invalid:\n* name: Required',
  'Field "age" is invalid: [age: must be a number]',
  'Error: manifest invalid: the field "version" is required in manifest.json',
  'I ran docker push, and then the wiki said:\ndenied: you are not an editor',
])('takes no sentence that anybody may write for one of an API: %s', (text) => {
  const { api, id } = diagnose(readPaste(text), builtIn, { now: 0 });
  expect(api).toBeNull();
  expect(builtIn.known.apis.map((known) => known.id)).not.toContain(id?.split('/')[0]);
});

it.each([
  [
    'twilio.base.exceptions.TwilioRestException: HTTP 400 error: Unable to create record: Account not authorized to call',
    'twilio/call-region-not-enabled',
  ],
  [
    "Uncaught exception 'Twilio\\Exceptions\\RestException' with message '[HTTP 401] Unable to create record: Authenticate'",
    'twilio/authenticate',
  ],
  ['com.twilio.video.TwilioException: Access Token expired or expiration date invalid', 'twilio/access-token-expired'],
  [
    'Stripe::InvalidRequestError: You cannot cancel this PaymentIntent because it has a status of canceled.',
    'stripe/unexpected-state',
  ],
  [
    'stripe.error.InvalidRequestError: Request req_upHWpena88utjx: This value must be greater than or equal to 1.',
    'stripe/invalid-request',
  ],
  [
    "Stripe::IdempotencyError: Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than 'a' if you meant to execute a different request.",
    'stripe/idempotency-key-reused',
  ],
  [
    'New-AzureRmResourceGroupDeployment : 18:30:57 - Error: Code=QuotaExceeded; Message=Operation results in exceeding quota limits of Core.',
    'azure/quota-exceeded',
  ],
  [
    "Uncaught (Status 404) (Request req_[removed]) No such customer: 'cus_[removed]' thrown in /app/stripe/stripe-php/lib/Exception/ApiErrorException.php on line 38",
    'stripe/resource-missing',
  ],
  [
    "Uncaught exception 'Stripe\\Error\\InvalidRequest' with message 'Missing required param: amount.' in /app/shop.php:8",
    'stripe/parameter-missing',
  ],
  [
    "Uncaught exception 'Stripe_RateLimitError' with message 'Request rate limit exceeded' in /app/shop.php:8",
    'stripe/rate-limit',
  ],
  ['Stripe.StripeException: You may only specify one of these parameters: a, b.', 'stripe/parameters-exclusive'],
  [
    'Connection failed "not_allowed_token_type" slack.SlackErrorResponse{Err:"not_allowed_token_type"}',
    'slack/not-allowed-token-type',
  ],
  ['Error: A rate-limit has been reached, you may retry this request in 30 seconds', 'slack/ratelimited'],
  [
    'POST https://api.github.com/repos/o/r/issues: 422 - Validation Failed\nError summary:\n  resource: Issue\n  code: custom\n  field: title\n  message: title is too long // See: https://docs.github.com/rest/issues',
    'github/custom-validation',
  ],
  [
    'PATCH https://api.github.com/repos/o/r/git/refs/heads/a: 422 - Update is not a fast forward // See: https://docs.github.com/rest',
    'github/sha-mismatch',
  ],
  ['Error code 20003 from Twilio: Authenticate. While deploying', 'twilio/authenticate'],
  [
    "status: {'payload': 'ErrorCode=30034&SmsSid=SM1&SmsStatus=undelivered&MessageStatus=undelivered&To=%2B1'}",
    'twilio/sender-not-registered',
  ],
  [
    'error getting codespaces: HTTP 403: Must have admin rights to Repository. (https://api.github.com/user/codespaces)',
    'github/insufficient-rights',
  ],
  [
    'DEBUG: POST https://api.github.com/graphql = (code=ERR_NON_2XX_3XX_RESPONSE, statusCode=401 retryCount=0, duration=382)',
    'github/requires-authentication',
  ],
  [
    '{error,{"403",[{"X-GitHub-Request-Id","1:2"}],"{\\"message\\":\\"You have triggered an abuse detection mechanism and have',
    'github/secondary-rate-limit',
  ],
  ['Twilio Error 20102', 'twilio/access-token-invalid'],
  ['twilio error 21610: Attempt to send to unsubscribed recipient', 'twilio/opted-out'],
  [
    "SmsException(message: Not sent: The 'To' number 12 is not a valid phone number (21211), statusCode: 400)",
    'twilio/to-invalid',
  ],
  ['$ok\n[1] FALSE\n\n$error\n[1] "not_in_channel"\n', 'slack/not-in-channel'],
  ['DATA: (:ok :json-false :error "not_authed")', 'slack/not-authed'],
  ['ops/slack[0]: notify retry canceled: unexpected status code 403: action_prohibited', 'slack/webhook-prohibited'],
  [
    'stripe:\n  code: card_declined\n  decline_code: lost_card\n  message: Your card was declined.',
    'stripe/decline-lost-or-stolen',
  ],
  [
    '400 Bad, [{Field: Issue:MALFORMED_REQUEST_JSON Name: Message: Description:The body is no JSON. Links:[]}]',
    'paypal/malformed-json',
  ],
])('knows the sentence of an API that its library printed without the code: %s', (text, id) => {
  expect(diagnose(readPaste(text), builtIn, { now: 0 }).id).toBe(id);
});

it.each([
  'Airtable: Unable to create record: The requested resource tblOrders was not found',
  'ERROR 422 Unable to create record: Message body is required',
  'Invalid Access Token: the twilio of our partner said nothing',
  'Error: No such customer: in the list of visitors of today, please check at the desk',
  'PayPal said: You may only specify one of these parameters: a, b',
  'You cannot cancel this PaymentIntention because it is settled',
  'error code 20003 from Twitter: Authenticate',
  'callback: ErrorCode=30034&MessageState=undelivered',
  "Uncaught exception 'Acme_RateLimitError' with message 'Request rate limit exceeded' in /app/shop.php:8",
  "No such customer: 'Miller' in the list of /app/striped-php/lib",
  "Uncaught exception 'Stripes\\Error\\InvalidRequest' with message 'Missing required param: amount.' in /app/shop.php:8",
  'The zebra Stripe said: Request rate limit exceeded',
  'Acme::QuotaError: Keys for idempotent requests can only be used with the same parameters they were first used with.',
  'upload failed: HTTP 403: Must have admin rights to Repository. (https://git.example.com/api)',
  'A rate limit was exceeded (url: https://api.example.com/v1, retry-after: 30)',
  'POST https://example.com/api/users: 422 - Validation Failed\nError summary:\n  resource: User\n  code: custom\n  field: name\n  message: too long',
  'Order 20003 failed: Authenticate',
  'job 20101 failed: Invalid Access Token for GitLab',
  'Twilio error 400: Authenticate',
  '$status\n[1] "ok"\n\n$value\n[1] 4',
  '$error\n[1] "Rate limit exceeded"\n\n$status\n[1] 429',
  'ops/webhook[0]: notify retry canceled: unexpected status code 403: invalid_token',
  'ERROR: decline_code=insufficient_funds from our gateway',
  '[{Field:name Kind:TEXT_TOO_LONG Name: Description:Too long Links:[]}]',
  'ORDER_ALREADY_CAPTURED: nothing to do',
  'INVALID_REQUEST: the name is missing',
])('takes the same words in another sense for no API: %s', (text) => {
  expect(diagnose(readPaste(text), builtIn, { now: 0 }).id?.split('/')[0] ?? 'http').toBe('http');
});

it('looks for a form only in texts that have one of its needles, and in all of those', () => {
  const seen = readFileSync(new URL('../../fixtures/seen-errors.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const texts = seen.map((line) => JSON.parse(line).text as string);
  const missed = forms().flatMap((form) => {
    const needles = needlesOfForm(form);
    return texts.filter(
      (text) => needles?.some((needle) => text.toLowerCase().includes(needle)) === false && form.pattern.test(text),
    );
  });
  expect(missed).toEqual([]);
});

it('reads indented lines behind a quotation mark that nothing closes, however many ways there are to divide their blanks', () => {
  const text = `message: "The request failed\n${`${' '.repeat(15)}for a reason\n`.repeat(14)}x`;
  expect(readPaste(text).response?.body).toContain('The request failed');
});

it('does not take for AWS a cloud whose service has the same letters', () => {
  const text =
    'Error creating ECS instance: SDK.ServerError ErrorCode: InvalidParameter Message: The specified zone is wrong';
  expect(diagnose(readPaste(text), builtIn, { now: 0 }).id).not.toMatch(/^aws/);
});
