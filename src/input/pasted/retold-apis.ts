import type { Form } from './retold-form.ts';

/** Twilio's sentences, each with its code (twilio.com/docs/api/errors); its libraries print them without. */
const OF_TWILIO: [sentence: string, code: number][] = [
  ['(?<=(?:record|Exception|Error): )Authenticate(?=$|[\'"\\n( ])', 20003],
  ['The requested resource \\S{1,300} was not found', 20404],
  ['(?<=record: )Too [Mm]any [Rr]equests', 20429],
  ['Resource not accessible with Test Account Credentials', 20008],
  ['Access Token (?:has )?expired or expiration date (?:is )?invalid', 20104],
  ['Invalid Access Token issuer/subject', 20103],
  ['Invalid Access Token signature', 20107],
  ['Invalid Access Token(?! \\w)', 20101],
  ["The 'To' number [^\\n]{0,60} is not a valid phone number", 21211],
  ["The 'From' number [^\\n]{0,60} is not a valid phone number", 21212],
  ['The source phone number provided, [^\\n]{0,60}, is not yet verified for your account', 21210],
  ['The (?:phone )?number [^\\n]{0,60} ?is unverified\\. Trial accounts cannot send messages', 21608],
  ['The (?:phone )?number [^\\n]{0,60} ?is unverified\\. Trial accounts may only make calls', 21219],
  ['Trial accounts are allowed only one Twilio number', 21404],
  ["Permission to send an SMS has not been enabled for the region indicated by the 'To' number", 21408],
  ['Account not authorized to call', 21215],
  ['Account not allowed to call', 21216],
  ['Call is not in-progress', 21220],
  ['(?:The )?[Mm]essage body is required', 21602],
  ["A 'From' phone number is required", 21603],
  ["A 'To' phone number is required", 21604],
  ['is not a valid message-capable Twilio phone number', 21606],
  ['Invalid media URL', 21620],
  ['Attempt to send to unsubscribed recipient', 21610],
  ['The message From/To pair violates a blacklist rule', 21610],
  ["This 'From' number has exceeded the maximum number of queued messages", 21611],
  ["is not currently reachable using the 'From' phone number", 21612],
  ['To number: [^\\n]{0,60}, is not a mobile number', 21614],
  ['The concatenated message body exceeds the \\d{2,5} character limit', 21617],
  ['Max check attempts reached', 60202],
  ['Max send attempts reached', 60203],
  ['Too many concurrent requests for phone number', 60212],
  ['has been temporarily blocked by Twilio due to fraudulent activities', 60410],
  ['Channel could not find To address', 63003],
  ['Twilio could not find a Channel with the specified From address', 63007],
  ['Channel Sandbox can only send messages to phone numbers that have joined the Sandbox', 63015],
  ['Failed to send freeform message because you are outside the allowed window', 63016],
  ['Account (?:AC\\w{0,40} )?exceeded the \\d{1,6} daily messages limit', 63038],
];

/** The names of Twilio's libraries, its hosts, and how the libraries begin a sentence. */
const TWILIO =
  /\bTwilio(?:\w{0,20}Exception|\w{0,10}Error|\\+Exceptions|::REST|\.Exceptions| Client Error)|\btwilio\.(?:base|rest|com|exception|video)\b|(?:\bHTTP [45]\d\d error|\[HTTP [45]\d\d\]):? Unable to \w{3,10} record: /;

/** The body that Twilio sends for a code. */
export const twilioBody = (code: number, message: string | null): object => ({
  code,
  message,
  more_info: `https://www.twilio.com/docs/errors/${code}`,
});

/** Objects of Stripe as its sentences name them, and what their IDs begin with. */
const OBJECT =
  '(?:payment_?intent|setup_?intent|payment_?method|customer|token|source|charge|price|plan|product|subscription|invoice|coupon|refund|transfer|payout|card|account|checkout\\.session)s?';
const ID =
  '(?:acct|ba|card|ch|cs|cus|in|pi|pm|po|price|prod|promo|re|seti|si|src|sub|tok|tr|txn)_(?:(?:test|live)_)?\\w{4,}';

/** Stripe's sentences, each with its code (docs.stripe.com/error-codes), and true where the words alone are Stripe's own. */
const OF_STRIPE: [sentence: string, code: string, own: boolean][] = [
  [`No such ${OBJECT}: '?"?${ID}`, 'resource_missing', true],
  ['No such [a-zA-Z_.]{2,40}: ', 'resource_missing', false],
  ['You cannot \\w{2,20} this PaymentIntent because it', 'payment_intent_unexpected_state', true],
  ['This PaymentIntent could not be \\w{2,20} because it has a status of', 'payment_intent_unexpected_state', true],
  ['You cannot \\w{2,20} this SetupIntent because it', 'setup_intent_unexpected_state', true],
  ['A bank account with that routing number and account number already exists', 'bank_account_exists', false],
  ['Missing required param: ', 'parameter_missing', false],
  ["You passed an empty string for '[^'\\n]{1,200}'\\. We assume empty values are", 'parameter_invalid_empty', true],
  ['Empty string given for [\\w.[\\]]{2,80}\\. You should supply', 'parameter_invalid_empty', false],
  ['Amount must be at least ', 'amount_too_small', false],
  ["The provided key '[^'\\n]{1,200}' does not have access to\\s{1,3}account '", 'account_invalid', true],
  ['Received unknown parameters?: ', 'parameter_unknown', false],
  ['You may only specify one of these parameters: ', 'parameters_exclusive', false],
  ['Nothing to invoice for customer', 'invoice_no_customer_line_items', false],
  ['No upcoming invoices for customer', 'invoice_upcoming_none', false],
  ['Request rate limit exceeded', 'rate_limit', false],
  ['Expired API Key provided: [a-z]{2,3}_(?:live|test)_', 'api_key_expired', true],
];

/** The names of Stripe's libraries for their exceptions. */
const STRIPE =
  /\bStripe(?:::|\\(?:Exception|Error)\\|\.Stripe|_?[A-Z]\w{2,30}Error\b)|\b(?:com\.)?stripe\.(?:android\.)?(?:core\.)?(?:_?error|exception)\.|\bpackages\/stripe\/|\bstripe-php\/lib\//;

/** Details that the library for Java appends to a sentence. */
const ADDED = /(?:; code: \w{2,80})?(?:; request-id: \w{4,80})?\s{0,4}$/;

/** A code that is printed beside the sentence, in any notation. */
const CODED = /\bcode["']?(?:: | ?[:=] ?["'])[a-z]{2,20}_\w{2,60}/;

const stripeBody = (code: string, sentence: string): object => ({
  error: {
    code,
    doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`,
    message: sentence.replace(ADDED, ''),
    type: 'invalid_request_error',
  },
});

const slackBody = (error: string, wait?: string): object => ({
  ok: false,
  error,
  ...(wait !== undefined && { retry_after: Number(wait) }),
});

/** The forms of sentences that tell the code. */
export const sentenceForms = (): Form[] => [
  ...OF_TWILIO.map(
    ([sentence, code]): Form => ({
      pattern: new RegExp(`(${sentence}[^\\n]{0,500})`),
      about: TWILIO,
      // Where no name does, the code beside the sentence tells that it is Twilio's.
      or: new RegExp(`\\b${code}\\b`),
      body: ([said = '']) => twilioBody(code, said.trim()),
    }),
  ),
  ...OF_STRIPE.map(
    ([sentence, code, own]): Form => ({
      pattern: new RegExp(`(${sentence}[^\\n]{0,500})`),
      ...(!own && { about: STRIPE }),
      // In the words of a library, nothing but its name says that it was Stripe.
      body: ([said = '']) => (own ? stripeBody(code, said) : { code, message: said.replace(ADDED, '') }),
    }),
  ),
];

/** The other forms of APIs that are called with a key. */
export const FORMS_OF_APIS: Form[] = [
  // Twilio's libraries for apps, and programs that name the code: "Twilio.Device Error: AccessTokenInvalid (20101): …".
  {
    pattern:
      /\bTwilio(?:\.Device)? ?[Ee]rror:? (?:code |[A-Z]\w{2,60} \()?(\d{5})\b\)?[:,]? ?(?:\w{1,40}=)?([^\n}]{0,500})/,
    body: ([code = '', said = '']) => twilioBody(Number(code), said.trim() || null),
  },
  // Twilio's CLI, and what Twilio posts about a message.
  {
    pattern: /\b[Ee]rror code (\d{5}) from Twilio: (\S[^\n]{2,500})/,
    body: ([code = '', said = '']) => twilioBody(Number(code), said.trim()),
  },
  {
    pattern: /\bErrorCode=(\d{5})&[^\s'"]{0,500}?\bMessageStatus=(\w{3,20})/,
    body: ([code, status]) => ({ ErrorCode: code, MessageStatus: status }),
  },
  // Claude's apps print this sentence of Anthropic without the rest of the body.
  {
    pattern:
      /\b(You have reached your specified (?:workspace )?API usage limits\.)\s{1,20}(You will regain access on [\w-]{10} at [\w: ]{5,12}\.)/,
    body: (said) => ({ type: 'error', error: { type: 'invalid_request_error', message: said.join(' ') } }),
  },
  // A structure of PayPal as a library for Go prints it
  {
    pattern:
      /\[\{Field:\S{0,100} ?Issue:([A-Z][A-Z0-9_]{2,80}) Name:[^\n]{0,300}? Description:([^\n]{3,500}?) Links:\[/,
    body: ([code, message]) => ({ code, message }),
  },
  // Alertmanager prints what the webhook answered.
  {
    pattern: /\bunexpected status code [45]\d\d: (?:\\?")?([a-z]{2,30}(?:_[a-z]{1,30}){1,5})\b/,
    about: /\/slack\[\d{1,2}\]: |\bnotify retry for \\?"slack\\?"/,
    body: ([code]) => ({ code }),
  },
  // A property list of Emacs
  {
    pattern: /\(:ok :json-false :error \\?"([a-z_]{2,80})\\?"/,
    body: ([code = '']) => slackBody(code),
  },
  // The library for Java
  {
    pattern: /\bstatus: [1-5]\d\d, error: ([a-z]{2,30}(?:_[a-z]{1,30}){0,6}), needed: [^\n]{1,300}?, provided: /,
    body: ([code = '']) => slackBody(code),
  },
  // slack-go prints its structure and a sentence of its own, slack-sansio its exception, the SDK for Node.js two sentences.
  {
    pattern: /\bslack\.SlackErrorResponse\{Err:"([a-z_]{2,80})"/,
    body: ([code = '']) => slackBody(code),
  },
  {
    pattern: /\bSlackA(?:PI|pi)Error\(["']([a-z]{2,40}(?:_[a-z]{1,40}){1,6})["']/,
    body: ([code = '']) => slackBody(code),
  },
  {
    pattern: /\bslack rate limit exceeded, retry after (\d{1,5})s\b/i,
    body: ([wait]) => slackBody('ratelimited', wait),
  },
  {
    pattern: /\bA rate limit was exceeded \(url: https:\/\/slack\.com\/api\/\S{1,80}, retry-after: (\d{1,5})\)/,
    body: ([wait]) => slackBody('ratelimited', wait),
  },
  {
    pattern: /\bA rate-limit has been reached, you may retry this request in (\d{1,5}) seconds/,
    body: ([wait]) => slackBody('ratelimited', wait),
  },
  // The header field in which Slack repeats the code.
  {
    pattern: /^[<\s]{0,4}x-slack-failure: ([a-z_]{2,80})$/im,
    body: ([code = '']) => slackBody(code),
  },
  // Serverless up to 1, which makes a heading of the name of an exception.
  {
    pattern:
      /(?:^|\n)[ \t]{1,8}((?:[A-Z][a-z]{1,30} ){2,6}Exception) -{10,80}\n(?:[ \t]{0,8}\n){0,3}[ \t]{0,8}(\S[^\n]{2,500})/,
    body: ([name = '', message]) => ({ code: name.replaceAll(' ', ''), message }),
  },
  // Why a bank declined, which programs print in notations of their own: as YAML, as a list of fields.
  {
    pattern: /\bdecline_code["']?\s{0,3}(?:[:=]|=>)\s{0,3}["']?([a-z]{2,20}(?:_[a-z]{1,20}){0,6})\b/,
    about: /\bstripe\b/i,
    body: ([decline_code], text) => ({
      error: {
        code: /\bcode["']?\s{0,3}(?:[:=]|=>)\s{0,3}["']?(card_declined)\b/.exec(text)?.[1],
        decline_code,
        doc_url: 'https://stripe.com/docs/error-codes/card-declined',
        message: /\bmessage["']?\s{0,3}(?:[:=]|=>)\s{0,3}["']?([A-Z][^"'\n]{3,300}(?:'s [^"'\n]{3,300})?)/.exec(
          text,
        )?.[1],
        type: 'card_error',
      },
    }),
  },
  // The class of an exception of Stripe is the type of its error; Python 2 printed it without the module, below the frame.
  {
    pattern:
      /(?:\bStripe::|\bStripe\\(?:Exception|Error)\\|\bstripe\._?error\.|\bcom\.stripe\.(?:android\.)?(?:core\.)?exception\.|\bStripe|\bstripe\/_?api_requestor\.py", line \d{1,6}, in \w{1,80}\n[^\n]{1,300}\n)InvalidRequest(?:Error|Exception)?\b(?: ?: {0,2}\n?|\*{0,2} in [^\n]{1,100}\n)[ \t]{0,20}(?:Request req_\w{4,40}: )?(\S[^\n]{2,800})/,
    body: ([said = ''], text) =>
      CODED.test(text) ? null : { code: 'invalid_request_error', message: said.replace(ADDED, '') },
  },
];
