import type { Form } from './retold-form.ts';

/**
 * Sentences of OpenAI that nobody else has, since they name its hosts or its IDs, each with the type and the code that it
 * sends (developers.openai.com/api/docs/guides/error-codes). Other servers speak its protocol, so that what merely a
 * client of it prints proves nothing.
 */
const OF_OPENAI: [sentence: string, type: string, code: string | null][] = [
  [
    'Incorrect API key provided: [^\\n]{1,300}? You can find your API key at https://platform\\.openai\\.com/',
    'invalid_request_error',
    'invalid_api_key',
  ],
  ["You didn't provide an API key\\.[^\\n]{1,400}?https://platform\\.openai\\.com/", 'invalid_request_error', null],
  [
    'You exceeded your current quota, please check your plan and billing details\\.\\s{1,5}For more information on this error, read the docs: https://platform\\.openai\\.com/',
    'insufficient_quota',
    'insufficient_quota',
  ],
  [
    '(?:Rate limit reached|Request too large) for \\S{2,80} (?:\\([^()\\n]{1,80}\\) )?in organization \\[?org[-\\w]',
    'requests',
    'rate_limit_exceeded',
  ],
];

/** Sentences of OpenAI that servers which speak its protocol have as well: evident where OpenAI is named. */
const WITH_OPENAI: typeof OF_OPENAI = [
  [
    'Your request was rejected (?:as a result of|by) (?:our|the) safety system\\.',
    'invalid_request_error',
    'content_policy_violation',
  ],
  ['That model is currently overloaded with other requests\\.', 'server_error', null],
  ['The server (?:had|experienced) an error while processing your request\\. Sorry about that!', 'server_error', null],
];

/** Anthropic's sentences that nobody else has, each with the type that it sends. */
const OF_ANTHROPIC: [sentence: string, type: string][] = [
  ['prompt is too long: \\d{1,9} tokens > \\d{1,9} maximum', 'invalid_request_error'],
  ['input length and `max_tokens` exceed context limit: ', 'invalid_request_error'],
  [
    'max_tokens: \\d{1,9} > \\d{1,9}, which is the maximum allowed number of output tokens for claude-',
    'invalid_request_error',
  ],
  ['Your credit balance is too low to access the (?:Claude|Anthropic) API\\.', 'invalid_request_error'],
  ['messages\\.\\d{1,5}: `tool_(?:use|result)` ', 'invalid_request_error'],
];

/** Clouds that offer Anthropic's models answer with errors of their own around its sentences. */
const OF_CLOUD = /bedrock|\bValidationException\b|vertex|\bINVALID_ARGUMENT\b/i;

const openaiBody = (type: string, code: string | null, message: string): object => ({
  error: { message, type, param: null, code },
});

/** The rest of a sentence, up to the end of its line or of the text in quotes that it is. */
const REST = '[^\\n]{0,500}?(?=$|\\n|["\'](?:[,}\\s]|$))';

/** The forms of sentences of models' APIs that tell the code. */
export const modelForms = (): Form[] => [
  ...OF_OPENAI.map(
    ([sentence, type, code]): Form => ({
      pattern: new RegExp(`(${sentence}${REST})`),
      body: ([said = '']) => openaiBody(type, code, said.replaceAll(/\s{1,20}/g, ' ').trim()),
    }),
  ),
  ...WITH_OPENAI.map(
    ([sentence, type, code]): Form => ({
      pattern: new RegExp(`(${sentence}${REST})`),
      about: /openai/i,
      body: ([said = '']) => openaiBody(type, code, said.trim()),
    }),
  ),
  ...OF_ANTHROPIC.map(
    ([sentence, type]): Form => ({
      pattern: new RegExp(`(${sentence}${REST})`),
      without: OF_CLOUD,
      body: ([message = '']) => ({ type: 'error', error: { type, message: message.trim() } }),
    }),
  ),
];
