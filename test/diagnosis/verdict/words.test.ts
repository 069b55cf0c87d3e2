import { describe, expect, it } from 'vitest';
import { builtIn } from '../../../src/catalogs/index.ts';
import { NOTHING } from '../../../src/diagnosis/read/documented.ts';
import { ENTRIES, topicByWords } from '../../../src/diagnosis/verdict/by-words.ts';
import { needlesOf } from '../../../src/diagnosis/verdict/needles.ts';
import { PHRASES, VOCABULARY } from '../../../src/diagnosis/verdict/vocabulary.ts';
import { needlesIn, patternOf, topicOf, wordsIn } from '../../../src/diagnosis/verdict/words.ts';
import { CORPORA, casesOf } from '../../accuracy/score.ts';
import { growthOf, LINEAR } from '../../helpers/cpu-time.ts';

describe('the vocabulary', () => {
  it.each([...VOCABULARY, ...PHRASES].map(({ topic, example }) => [example, topic]))(
    'takes %j for %s',
    (text, topic) => {
      expect(topicOf(text)).toBe(topic);
    },
  );

  it.each<[string, string | null]>([
    ['invalidApiKey', 'authentication'],
    ['INVALID_API_KEY', 'authentication'],
    ['insufficient_quota', 'quota'],
    ['InsufficientQuota', 'quota'],
    ['The token has expired', 'authentication'],
    ['The token is not expired', null],
    ['No matching location found', 'not-found'],
    ['You have reached the maximum number of volumes', 'limit'],
    ['The granted token lacks it: not granted the scope', 'permission'],
    ['Name Only valid hostname characters are allowed', null],
    ['Only administrators can do this', 'permission'],
    ['The license of tenant 14 expired on Friday', 'quota'],
    ['Access to the page has been blocked in accordance with company policy', 'permission'],
    ['Unexpected token } in JSON at position 3', 'validation'],
    ['Invalid page token', 'validation'],
    ['API key does not have permission to read orders', 'permission'],
    ['You are not allowed to read orders', 'permission'],
    ['Daily quota of 100 calls exceeded', 'quota'],
    ['no_perms', 'permission'],
    ['AuthorizationFailure', 'permission'],
    ['missing authorization header', 'authentication'],
    ['It results in exceeding approved Total Regional Cores quota', 'quota'],
    ['Resource exhausted. Please try again later.', 'rate-limit'],
    ['The resource is exhausted', 'limit'],
    ['Request rate is large', 'rate-limit'],
    ['The requested rate is larger than ours', null],
    ['Received message larger than max (5308389 vs. 4194304)', 'validation'],
    ['The total is larger than max of the budget', null],
    ['Security header is not valid', 'authentication'],
    ['The security headers were sent', null],
    ['Unrecognized request URL (GET: /v1/customers/)', 'not-found'],
    ['Request was aborted.\n    at abort (unknown)', null],
    ['no_permutations', null],
    ['Login Failed', 'authentication'],
    ['Unable to log in', 'authentication'],
    ['The login failed to update the last column', null],
    ['cannot log internal state', null],
    ['sign_in_count is high', null],
    ['No sale order exists with code SO-999', 'not-found'],
    ['No known workaround exists for Safari', null],
    ['A user exists with that name', null],
    ['Sorry, something went terribly wrong', 'server'],
    ['Something in it is wrong', 'validation'],
    ['team_is_restricted', 'permission'],
    ['The field is restricted to 100 characters', null],
    ['You are not signed up to accept payments', 'permission'],
    ['Participants not in the list were skipped', null],
    ['This endpoint requires a valid API key', 'authentication'],
    ['Automatic tax requires a valid address on the customer', 'validation'],
    ['This feature requires a valid license', null],
    ['No signatures found for the image', 'not-found'],
    ['Too many fields', 'validation'],
    ['too_many_websockets', 'rate-limit'],
    ['An unexpected SDK error occurred.', 'server'],
    ['unexpected system message in the list', 'validation'],
    ['The token cannot be used more than once', 'conflict'],
    ['It was used more than once this week', null],
    ['The total should equal the sum of its parts', 'validation'],
    ['Not enough input parameters', 'validation'],
    ['Not enough parameter space', null],
    ['The parcel is too heavy', 'validation'],
    ['LoginError', 'authentication'],
    ['The login error message is untranslated', null],
    ['Signature validation failed', 'authentication'],
    ['The signature check box is ticked', null],
    ['params incomplete', 'validation'],
    ['The upload is incomplete', null],
    ['Der uebergebene API-Token ist ungueltig', 'authentication'],
    ['Der Schluesselbund', null],
    ['Verifying the security of the message', null],
    ['action_prohibited', 'permission'],
    ['The registry contains 1 repositories, limit is 1', 'limit'],
    ['InvalidDBInstanceState', 'conflict'],
    ['Invalid value for state', 'validation'],
    ['The VPC has dependencies and cannot be deleted', 'conflict'],
    ['You are not the owner of this repository', 'permission'],
    ['owner must be a string', 'validation'],
    ['Name is too long; the limit is 100 characters', 'validation'],
    ['The plan has a dependency that is not valid', 'validation'],
    ['You must grant your OAuth token access to this organization.', 'permission'],
    ['api_error', 'server'],
    ['Error while communicating with one of our backends', 'server'],
    ['An error occurred while processing your request. You can retry it.', 'server'],
    ['It is locked because another API request or process is currently accessing it', 'conflict'],
    ['`temperature` may only be set to 1', 'validation'],
    ['account_rate_limit_exceeded', 'rate-limit'],
    ['Quota exceeded: 60 requests per minute', 'rate-limit'],
    ['The email has already been taken', 'duplicate'],
    ['the object has been modified; apply your changes to the latest version and try again', 'conflict'],
    ['Ann is already a list member', 'duplicate'],
    ['Your monthly request volume has been reached', 'quota'],
    ['This application key is invalid', 'authentication'],
    ['The user does not exist', 'not-found'],
    ['required field not found', 'validation'],
    ['invalid create credential request', 'validation'],
    ['Unknown order by column "price"', null],
    ['entry has timestamp too old', null],
    ['The disk is full', 'server'],
    ['Update is not a fast forward', 'conflict'],
    ['The room is full', 'conflict'],
    ['File locked by another user', 'conflict'],
    ['file archived_2024.zip is required', 'validation'],
    ['Parameter already_paid is required', 'validation'],
    ['role must be admin or guest', 'validation'],
    ['The value must be a member of the list', 'validation'],
    ['You must be an admin', 'permission'],
    ['Trial over 30 days is not supported', 'validation'],
    ['Please upgrade your account name to lowercase', null],
    ['Please upgrade your account to continue', 'quota'],
    ['Message exceeds your monthly quota', 'quota'],
    ['Maximum message size exceeded', 'validation'],
    ['The number is locked away', null],
    ['A plan does not need a name', null],
    ['Hello', null],
    ['', null],
  ])('takes %j for %s', (text, topic) => {
    expect(topicOf(text)).toBe(topic);
  });

  it('leads to entries that exist', () => {
    const ids = new Set(builtIn.http.entries.map(({ id }) => id));
    expect(Object.values(ENTRIES).filter((id) => !ids.has(id))).toEqual([]);
  });

  it.each(['token ', 'not ', 'a', 'limit exceeded '])('takes no more than linear time for many %j', async (words) => {
    expect(await growthOf((count) => topicOf(words.repeat(count)), 5000)).toBeLessThan(LINEAR);
  });
});

describe('the needles of a pattern', () => {
  it.each<[string, string[] | null]>([
    ['rate ?limit|throttl\\w+', ['limit', 'throttl']],
    ['(?:is|was) (?:already )?in use', ['in use']],
    ['(?:a|\\w+) \\d+', null],
    ['(?<!not )found\\b', ['found']],
    ['(?:missing|invalid) (?:api )?key', ['key']],
    ['[abc]+de{2,3}fg', ['fg']],
    ['[^\\]\\n]{2}: denied', [': denied']],
    ['a\\n\\tb\\u001bcd', ['a\n\tb']],
  ])('%s: %j', (pattern, needles) => {
    expect(needlesOf(pattern)).toEqual(needles);
  });

  it('are in every text that the pattern matches', () => {
    const folder = new URL('../../../fixtures/corpus/', import.meta.url);
    const labelled = CORPORA.flatMap((corpus) => casesOf(corpus, folder)).flatMap(
      ({ body, expect: { code, message } }) =>
        [body.slice(0, 1000), code, message].flat().filter((text) => typeof text === 'string'),
    );
    const rows = [...VOCABULARY, ...PHRASES].map((row) => ({ row, needles: needlesIn(row), pattern: patternOf(row) }));
    const texts = [...labelled, ...[...VOCABULARY, ...PHRASES].map(({ example }) => example)].map(
      (text) => ` ${wordsIn(text)}`,
    );
    const missed = rows.flatMap(({ row, needles, pattern }) =>
      texts
        .filter((text) => needles !== null && pattern.test(text) && !needles.some((needle) => text.includes(needle)))
        .map((text) => [row.topic, text]),
    );
    expect(missed).toEqual([]);
  });
});

describe('what an error is about by its words', () => {
  it.each<
    [string, { envelope?: string; code?: string; message?: string; field?: string }, number | null, string | null]
  >([
    ['a code before a message', { code: 'invalid_api_key', message: 'Forbidden' }, 403, 'authentication'],
    [
      'a message beside the phrase of the status',
      { code: 'Client::Forbidden', message: 'invalid key' },
      403,
      'authentication',
    ],
    ['a message where the code is vague', { code: 'INVALID_REQUEST', message: 'quota exceeded' }, 403, 'quota'],
    ['an existing object at 400', { message: 'Topic already exists' }, 400, 'duplicate'],
    ['maintenance at 503', { message: 'Scheduled maintenance' }, 503, 'maintenance'],
    ['a missing object at 400', { message: 'The order does not exist' }, 400, 'not-found'],
    ['a field that names a missing object', { message: 'user does not exist', field: '/user' }, 422, null],
    ['the status where it is certain', { message: 'Invalid API key' }, 404, null],
    ['the words where there is no status', { message: 'You must log in first' }, null, 'authentication'],
    ['a code that blames the caller at 500', { code: 'Invalid_Key' }, 500, 'authentication'],
    ['the status where an exception is only called so', { code: 'InvalidTokenException' }, 500, null],
    ['a credential that a sentence begins with at 500', { message: 'Invalid API key' }, 500, 'authentication'],
    ['the status where the sentence is of a column', { message: 'Missing password column in table users' }, 500, null],
    ['the status where a parser speaks of tokens', { message: 'Unexpected token < in JSON' }, 500, null],
    ['a filter at 503', { envelope: 'html', message: 'The page has been blocked by policy' }, 503, 'permission'],
    ['any at 500 in SOAP', { envelope: 'soap11', code: 'INVALID_SESSION' }, 500, 'authentication'],
    ['the status where a token was only fetched', { message: 'failed to fetch oauth token: 403 Forbidden' }, 403, null],
    [
      'a credential at fault while it was fetched',
      { message: 'cannot get token: bad password' },
      403,
      'authentication',
    ],
    ['the fetching without a status', { message: 'failed to fetch oauth token' }, null, 'authentication'],
    ['nothing where they do not tell', { message: 'no' }, null, null],
  ])('is %s', (_, { envelope = 'generic', code = null, message = null, field }, status, topic) => {
    const fields = field === undefined ? [] : [{ path: field, message: message ?? '' }];
    expect(topicByWords({ ...NOTHING, envelope, code, message, fields }, status, true)).toBe(topic);
  });
});

describe('a refusal with the status 401', () => {
  it.each<[string, string, string | null]>([
    ['PermissionDenied', 'The principal lacks the required data action `orders/write`.', 'permission'],
    ['PermissionDenied', 'Access denied due to a missing key', null],
    ['not_authorized', 'You do not have this permission', null],
  ])('as %s, %j, is about %s', (code, message, topic) => {
    expect(topicByWords({ ...NOTHING, code, message }, 401, true)).toBe(topic);
  });
});
