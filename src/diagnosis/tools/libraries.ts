import type { Tool } from './tools.ts';

/** A library that calls one well-known API, as it shows in the output of a program. */
type Library = Required<Pick<Tool, 'api' | 'signs'>>;

/** The libraries whose errors other tools and languages pass on. */
export const LIBRARIES: Library[] = [
  {
    api: 'azure',
    signs: [
      'autorest/azure: ',
      'azurerm_',
      'Azure.RequestFailedException',
      'azure.core.exceptions.',
      'com.azure.core.',
      'com.microsoft.azure.',
      'Microsoft.Rest.Azure.',
      'https://management.azure.com/',
      'x-ms-failure-cause: ',
      'aka.ms/ARM',
      'aka.ms/arm-',
      'aka.ms/rps-',
      'unexpected status …with error: ',
      "to perform action 'Microsoft.",
      "'Microsoft.…' under resource group",
    ],
  },
  {
    api: 'google-cloud',
    signs: [
      'googleapi: Error ',
      '<HttpError …googleapis.com',
      'google.api_core.exceptions.',
      'com.google.api.client.googleapis.',
      'com.google.cloud.',
      'Google\\Service\\Exception',
      'Google_Service_Exception',
    ],
  },
  {
    api: 'github',
    signs: [
      'RequestError [HttpError]',
      'HttpError: …github.com',
      '@octokit/',
      'Octokit::',
      'github.GithubException.',
      'org.kohsuke.github.',
      'https://api.github.com/',
    ],
  },
  {
    api: 'slack',
    signs: [
      'An API error occurred: ',
      'The request to the Slack API failed',
      'slack_webapi_',
      'slack_sdk.errors.',
      'Slack::Web::Api::Errors::',
      'com.slack.api.',
    ],
  },
  {
    api: 'stripe',
    signs: [
      'StripeInvalidRequestError',
      'StripeCardError',
      'StripeAuthenticationError',
      'StripePermissionError',
      'StripeIdempotencyError',
      'StripeRateLimitError',
      'Stripe::',
      'Stripe\\Exception\\',
      'Stripe.StripeException',
      'com.stripe.exception.',
      'stripe.error.',
      'stripe._error.',
    ],
  },
  {
    api: 'kubernetes',
    signs: [
      ...[
        'Invalid value: ',
        'Required value',
        'Unsupported value: ',
        'Forbidden: ',
        'Too long: ',
        'Duplicate value: ',
      ].map((reason) => `" is invalid: …: ${reason}`),
    ],
  },
  {
    api: 'aws',
    signs: [
      'arn:aws:',
      'arn:aws-cn:',
      'arn:aws-us-gov:',
      '.amazonaws.com/',
      '@aws-sdk/',
      '@smithy/',
      'node_modules/aws-sdk/',
      'deserializeAws_',
      'Amazon.Runtime.',
      'AWS Error Code: ',
      '* aws_',
      'status code: …, request id: ',
    ],
  },
  {
    api: 'twilio',
    signs: [
      'TwilioRestException',
      'RestException [Error]: ',
      'com.twilio.exception.',
      'Twilio\\Exceptions\\',
      'Twilio::REST::',
      'twilio.com/docs/errors/',
      'twilio.com/docs/api/errors/',
    ],
  },
  { api: 'paypal', signs: ['paypalrestsdk.', 'PayPalHttp\\', 'com.paypal.', 'paypal.sdk: ', '.paypal.com/v'] },
];
