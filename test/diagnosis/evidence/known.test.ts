import { expect, it } from 'vitest';
import { builtIn } from '../../../src/catalogs/index.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { type Headers, savedResponse } from '../../../src/model/exchange.ts';

interface Case {
  shows: string;
  entry: string;
  url: string;
  headers: Headers;
  body?: unknown;
  status: number;
  answer: unknown;
  answerHeaders?: Headers;
  evidence: RegExp;
}

const OPENAI = { authorization: `Bearer sk-proj-${'A1b2C3d4'.repeat(5)}`, 'content-type': 'application/json' };
const ANTHROPIC = { 'x-api-key': `sk-ant-api03-${'A1b2C3d4'.repeat(5)}`, 'content-type': 'application/json' };
const VERSION = { 'anthropic-version': '2023-06-01' };
const MESSAGES = 'https://api.anthropic.com/v1/messages';
const GITHUB = { authorization: `Bearer ghp_${'a1B2c3D4'.repeat(5)}` };

const openai = (message: string, code: string) => ({
  error: { message, type: 'invalid_request_error', param: null, code },
});
const anthropic = (type: string, message: string) => ({ type: 'error', error: { type, message } });

const CASES: Case[] = [
  {
    shows: 'a model that does not exist',
    entry: 'openai/model-not-found',
    url: 'https://api.openai.com/v1/chat/completions',
    headers: OPENAI,
    body: { model: 'gpt-9-max', messages: [{ role: 'user', content: 'Hello' }] },
    status: 404,
    answer: openai('The model `gpt-9-max` does not exist or you do not have access to it.', 'model_not_found'),
    evidence: /model.*gpt-9-max|gpt-9-max.*model|\/model/,
  },
  {
    shows: 'the key of another service',
    entry: 'openai/invalid-api-key',
    url: 'https://api.openai.com/v1/models',
    headers: { authorization: `Bearer ${ANTHROPIC['x-api-key']}` },
    status: 401,
    answer: openai('Incorrect API key provided: sk-ant-a****C3d4.', 'invalid_api_key'),
    evidence: /Anthropic/,
  },
  {
    shows: 'a model that does not exist, named by its ID alone',
    entry: 'anthropic/model-not-found',
    url: MESSAGES,
    headers: { ...ANTHROPIC, ...VERSION },
    body: { model: 'claude-9-opus', max_tokens: 8, messages: [] },
    status: 404,
    answer: anthropic('not_found_error', 'model: claude-9-opus'),
    evidence: /\/model/,
  },
  {
    shows: 'a body above the documented limit',
    entry: 'anthropic/request-too-large',
    url: MESSAGES,
    headers: { ...ANTHROPIC, ...VERSION },
    body: 'x'.repeat(32_000_001),
    status: 413,
    answer: anthropic('request_too_large', 'Request exceeds the maximum size'),
    evidence: /32,?000,?00\d|MB|MiB|bytes/,
  },
  {
    shows: 'a missing anthropic-version',
    entry: 'anthropic/version-header-missing',
    url: MESSAGES,
    headers: ANTHROPIC,
    body: { model: 'claude-sonnet-4-5', max_tokens: 8, messages: [] },
    status: 400,
    answer: anthropic('invalid_request_error', 'anthropic-version: header is required'),
    evidence: /anthropic-version/,
  },
  {
    shows: 'a missing User-Agent',
    entry: 'github/user-agent-required',
    url: 'https://api.github.com/user',
    headers: { ...GITHUB, accept: '*/*' },
    status: 403,
    answer:
      'Request forbidden by administrative rules. Please make sure your request has a User-Agent header (https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required). Check https://developer.github.com for other possible causes.',
    evidence: /User-Agent/,
  },
  {
    shows: 'a token without the scope',
    entry: 'github/insufficient-rights',
    url: 'https://api.github.com/orgs/acme/actions/secrets',
    headers: { ...GITHUB, 'user-agent': 'acme' },
    status: 403,
    answerHeaders: { 'x-accepted-oauth-scopes': 'admin:org', 'x-oauth-scopes': 'repo, read:org' },
    answer: { message: 'Must have admin rights to Repository.', documentation_url: 'https://docs.github.com/rest' },
    evidence: /admin:org/,
  },
  {
    shows: 'a test key for an object of live mode',
    entry: 'stripe/resource-in-other-mode',
    url: 'https://api.stripe.com/v1/customers/cus_4QE4bx6C6RqMnK',
    headers: { authorization: `Bearer sk_test_${'A1b2C3d4'.repeat(5)}` },
    status: 404,
    answer: {
      error: {
        code: 'resource_missing',
        message:
          "No such customer: 'cus_4QE4bx6C6RqMnK'; a similar object exists in live mode, but a test mode key was used to make this request.",
        param: 'id',
        type: 'invalid_request_error',
      },
    },
    evidence: /test/,
  },
];

it.each(CASES)('$shows is shown by the request, for $entry', ({ entry, evidence, ...of }) => {
  const { url, headers, body, status, answer, answerHeaders } = of;
  const text = body === undefined || typeof body === 'string' ? (body ?? null) : JSON.stringify(body);
  const request = { method: text === null ? 'GET' : 'POST', url, headers, body: text };
  const said = typeof answer === 'string' ? answer : JSON.stringify(answer);
  const response = savedResponse(said, status, answerHeaders);
  const { id, causes } = diagnose({ request, response, failure: null }, builtIn, { now: 0 });
  const confirmed = causes.filter(({ verdict }) => verdict === 'confirmed');
  expect({ id, evidence: confirmed.map((cause) => cause.evidence).join('; ') }).toEqual({
    id: entry,
    evidence: expect.stringMatching(evidence),
  });
});
