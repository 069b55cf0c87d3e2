import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOf } from '../../../src/diagnosis/read/content.ts';
import { readError } from '../../../src/diagnosis/read/read-error.ts';
import { readByEvidence } from '../../../src/diagnosis/read/reading.ts';
import { parsed } from '../../../src/input/parsed.ts';
import { savedResponse } from '../../../src/model/exchange.ts';
import { type Corpus, casesOf, type Labelled, rightFields, type ScoredRole, scoreOf } from '../../accuracy/score.ts';

const FOLDER = new URL('../../../fixtures/corpus/', import.meta.url);
const ENVELOPES = new URL('../../../fixtures/envelopes/', import.meta.url);

/** In percent of the labels. They may only rise. */
const FLOORS: Record<Corpus, Partial<Record<ScoredRole | 'wholly', number>>> = {
  'public-apis': { code: 98, message: 98, fields: 100, requestId: 99, category: 98, advice: 97, wholly: 94 },
  servers: {
    code: 100,
    message: 99,
    fields: 100,
    requestId: 100,
    category: 98,
    advice: 99,
    answeredBy: 100,
    wholly: 99,
  },
  assorted: {
    code: 99,
    message: 100,
    fields: 99,
    requestId: 100,
    category: 98,
    advice: 100,
    answeredBy: 100,
    wholly: 98,
  },
  pastes: {
    code: 96,
    status: 100,
    message: 100,
    requestId: 100,
    category: 99,
    advice: 100,
    says: 97,
    neverSays: 100,
    wholly: 95,
  },
  terminal: {
    code: 99,
    status: 100,
    message: 99,
    requestId: 100,
    category: 100,
    advice: 100,
    says: 100,
    neverSays: 100,
    wholly: 99,
  },
};

describe.each(Object.entries(FLOORS) as [Corpus, (typeof FLOORS)[Corpus]][])('the errors in %s', (corpus, floors) => {
  it('are read as experts read them', () => {
    const score = scoreOf(casesOf(corpus, FOLDER));
    const shares = Object.keys(floors).map((name) => {
      const { right, of } =
        name === 'wholly'
          ? { right: score.wholly, of: score.of }
          : (score.roles[name as ScoredRole] ?? { right: 0, of: 1 });
      return [name, (100 * right) / of] as const;
    });
    const below = shares.filter(([name, share]) => share < (floors[name as ScoredRole] ?? 0));
    expect([below, below.length === 0 ? [] : score.misses]).toEqual([[], []]);
  });
});

/** What the evidence alone reads of a body. */
function unaided({ body, status = null, headers = {} }: { body: string; status?: number | null; headers?: object }) {
  const response = parsed(savedResponse(body, status, { ...headers }));
  return readByEvidence(contentOf(response).value, status);
}

const hasStructure = ({ body }: Labelled): boolean => /^\s*(?:[{[]|<\?xml )/i.test(body) && !/<html/i.test(body);

describe('without any known shape', () => {
  it.each<[Corpus, { code: number; message: number; fields: number }]>([
    ['public-apis', { code: 90, message: 95, fields: 97 }],
    ['servers', { code: 90, message: 96, fields: 98 }],
  ])('the bodies in %s are read', (corpus, floors) => {
    const counts = { code: [0, 0], message: [0, 0], fields: [0, 0] };
    const count = (role: keyof typeof counts, right: boolean) => {
      counts[role][0] = (counts[role][0] ?? 0) + (right ? 1 : 0);
      counts[role][1] = (counts[role][1] ?? 0) + 1;
    };
    for (const one of casesOf(corpus, FOLDER).filter(hasStructure)) {
      const { code, message, fields } = unaided(one);
      const { expect: want } = one;
      if ('code' in want) count('code', [want.code].flat().map(String).includes(String(code)));
      if ('message' in want)
        count(
          'message',
          [want.message].flat().some((part) => (message ?? '').includes(String(part))),
        );
      if ('fields' in want) count('fields', rightFields(fields, want.fields as { path: string }[]));
    }
    const shares = Object.entries(counts).map(([role, [right = 0, of = 1]]) => [role, (100 * right) / of] as const);
    expect(shares.filter(([role, share]) => share < floors[role as keyof typeof floors])).toEqual([]);
  });

  it('the cases of most shapes are read', () => {
    const cases = readdirSync(ENVELOPES).flatMap((shape) =>
      readdirSync(new URL(`${shape}/`, ENVELOPES)).map((file) =>
        JSON.parse(readFileSync(new URL(`${shape}/${file}`, ENVELOPES), 'utf8')),
      ),
    );
    const told = cases.filter(({ body, expected }) => body !== '' && expected.message !== undefined);
    const right = told.filter(({ body, status, headers, expected }) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return unaided({ body: text, status, headers }).message === expected.message;
    });
    expect(right.length / told.length).toBeGreaterThan(0.9);
  });
});

describe('what is read of a text', () => {
  it.each([
    ['QX-4711', 'upload failed, code QX-4711: the crate is locked'],
    ['QX-4711', 'QX-4711: the crate is locked by somebody else'],
    ['CRATE_LOCKED', 'The crate is locked (code CRATE_LOCKED).'],
    [null, 'The part AB-1234 is not there.'],
  ])('has the code %s: %s', (code, text) => {
    expect(readError(text, undefined, { headers: {}, status: 409 }).code).toBe(code);
  });
});

describe('what is read of a body', () => {
  const body = fc.record({
    code: fc.constantFrom('QUOTA_REACHED', 'invalid_api_key', 'OrderNotFound'),
    message: fc.constantFrom('You have used what your plan allows.', 'The key is not known.'),
    id: fc.uuid(),
  });
  const other = fc.dictionary(
    fc.constantFrom('region', 'version', 'created', 'items', 'plan', 'note_count', 'zone'),
    fc.oneof(fc.integer({ min: 0, max: 99 }), fc.boolean(), fc.constant(null), fc.constant('eu-west-1')),
  );
  const of = ({ code, requestId }: { code: string | null; requestId: string | null }) => [code, requestId];

  it('does not depend on unrelated members, their order, the name of a wrapper or the language of the message', () => {
    fc.assert(
      fc.property(
        body,
        other,
        fc.constantFrom('error', 'fault', 'response', 'payload', 'outcome'),
        fc.constantFrom('Das Kontingent ist erschöpft.', 'Le quota est épuisé.', '配额已用完，请稍后再试'),
        ({ code, message, id }, more, wrapper, translated) => {
          const plain = { code, message, request_id: id };
          const expected = [code, id];
          expect(of(readByEvidence(plain, 403))).toEqual(expected);
          expect(of(readByEvidence({ ...more, ...plain }, 403))).toEqual(expected);
          expect(of(readByEvidence({ request_id: id, message, code, ...more }, 403))).toEqual(expected);
          expect(of(readByEvidence({ [wrapper]: plain }, 403))).toEqual(expected);
          expect(of(readByEvidence({ ...plain, message: translated }, 403))).toEqual(expected);
        },
      ),
    );
  });

  it.each<[string, unknown, (string | null)[]]>([
    [
      'a slug beside a detail',
      { error: { detail: 'The board is archived.', slug: 'board_archived', trace: 'x' } },
      ['board_archived', 'The board is archived.'],
    ],
    [
      'a token rather than the phrase',
      { status: 401, error: 'Unauthorized', errorCode: 'token_expired', message: 'Sign in again.' },
      ['token_expired', 'Sign in again.'],
    ],
    ['a sentence under error, which is no code', { error: 'Requires a membership' }, [null, 'Requires a membership']],
    [
      'JSON in a text',
      { message: '{"error":{"code":"E_GONE","message":"It was moved."}}' },
      ['E_GONE', 'It was moved.'],
    ],
    [
      'a constant where the sentence is elsewhere',
      { message: 'INVALID_ARG', description: 'The value is invalid.' },
      ['INVALID_ARG', 'The value is invalid.'],
    ],
    [
      'a short number in an error, from a list of errors',
      { error: { id: '1010', message: 'No token was sent.' } },
      ['1010', 'No token was sent.'],
    ],
    ['a code in a short form', { err: 'Token invalid', ECODE: 'OAUTH_025' }, ['OAUTH_025', 'Token invalid']],
    [
      'named in German',
      { fehler: [{ fehlercode: 'IBAN_FALSCH', meldung: 'Die Prüfsumme ist falsch.' }] },
      ['IBAN_FALSCH', 'Die Prüfsumme ist falsch.'],
    ],
    [
      'by its number in German',
      { fehler: { nummer: 4711, text: 'Die Bestellung ist zu.' } },
      ['4711', 'Die Bestellung ist zu.'],
    ],
    ['no code in a title that is a phrase', { title: 'Not Found', message: 'No such zone.' }, [null, 'No such zone.']],
    ['named in Italian', { codice: '00311', descrizione: 'Il campo manca.' }, ['00311', 'Il campo manca.']],
    ['in words written as one', { syscode: 'E17', shortmessage: 'The zone is busy.' }, ['E17', 'The zone is busy.']],
    [
      'a token where a sentence is expected',
      { meta: { msg: 'api.err.Invalid' } },
      ['api.err.Invalid', 'api.err.Invalid'],
    ],
    [
      'a constant rather than the type of a problem',
      { type: 'https://a.example/expired', title: 'Gone', detail: 'It has expired.', error_code: 'SESSION_EXPIRED' },
      ['SESSION_EXPIRED', 'It has expired.'],
    ],
    [
      'a URL where it is the type of a problem',
      { type: 'https://a.example/expired', title: 'Gone', detail: 'It has expired.' },
      ['https://a.example/expired', 'It has expired.'],
    ],
    [
      'that of the service rather than one that it passes on',
      { code: 11133, msg: 'The request is invalid.', extError: { code: 'bad_model', message: 'No such model.' } },
      ['11133', 'The request is invalid.'],
    ],
    [
      'what is wrong rather than a heading',
      { message: 'Invalid Argument', details: 'The record has been there before.' },
      [null, 'The record has been there before.'],
    ],
    [
      'a sentence beside the phrase of the status, whatever it is called',
      { error: 'Bad Request', troubleshoot: 'Your key may not read this list.' },
      ['Bad Request', 'Your key may not read this list.'],
    ],
    [
      'a number below 200 under a status, which no answer ends with',
      { error: 'The key is not known.', status_code: 100 },
      ['100', 'The key is not known.'],
    ],
    [
      'a sentence in a map, whatever names it',
      { errors: { key: 'The quota is used up.' } },
      [null, 'The quota is used up.'],
    ],
    [
      'what is wrong rather than that something is',
      { fault: 'An error occurred in processing your request, please try again', detail: 'The shopper is not there.' },
      [null, 'The shopper is not there.'],
    ],
    ['no code in the id of an answer', { id: 'a1b2c3', message: 'Not signed in.' }, [null, 'Not signed in.']],
  ])('is %s', (_, value, [code, message]) => {
    expect(readByEvidence(value, 400)).toMatchObject({ code, message });
  });

  it('has the id of an occurrence that is called an identifier', () => {
    const id = 'f987008f-251a-4dff-8ffc-40f1583ad7bc';
    const { code, requestId } = readByEvidence(
      { ErrorIdentifier: id, ErrorCode: 'mj-0004', ErrorMessage: 'It is too long.' },
      400,
    );
    expect([code, requestId]).toEqual(['mj-0004', id]);
    expect(readByEvidence({ identifier: 'BAD_VALUE', message: 'It is too long.' }, 400)).toMatchObject({
      code: 'BAD_VALUE',
      requestId: null,
    });
  });

  it('has the message of all fields where single ones are named beside it', () => {
    const { message, fields } = readByEvidence({ errors: { title: ['is blank'], base: ['The cart is full.'] } }, 422);
    expect(message).toBe('The cart is full.');
    expect(fields.map(({ path }) => path)).toEqual(['/title', '']);
  });

  it('has the id of a problem that is a URI and no location', () => {
    const idOf = (instance: string) =>
      readByEvidence({ title: 'Not Found', detail: 'It is gone.', instance }, 404).requestId;
    expect(idOf('acme:trace:1234567890')).toBe('acme:trace:1234567890');
    expect(idOf('/orders/12')).toBeNull();
  });

  it('has an id that is called a reference', () => {
    expect(readByEvidence({ errorCode: 1006, message: 'Not there', refId: 'jv6o8uyrya2s' }, 404).requestId).toBe(
      'jv6o8uyrya2s',
    );
  });

  it.each([
    'It has been logged (ID 7c1a2d3e4f5a6b7c).',
    'Try again. Error reference number: 7c1a2d3e4f5a6b7c',
    ' (request id: 7c1a2d3e4f5a6b7c)',
  ])('has an id that the message names: %s', (message) => {
    expect(readError(JSON.stringify({ error: { message, type: 'upstream_error' } })).requestId).toBe(
      '7c1a2d3e4f5a6b7c',
    );
  });

  it.each<[string, string, (string | null)[]]>([
    [
      'a form',
      'ACK=Failure&L_ERRORCODE0=10002&L_LONGMESSAGE0=The%20header%20is%20wrong',
      ['10002', 'The header is wrong'],
    ],
    [
      'the last of several lines of JSON',
      '{"status":"Pulling"}\n{"error":"The image is unknown"}\n',
      [null, 'The image is unknown'],
    ],
  ])('is that of %s', (_, body, [code, message]) => {
    expect(readError(body, undefined, { headers: {}, status: 200 })).toMatchObject({ code, message });
  });

  it.each<[string, unknown, string]>([
    ['at the start of one of several texts', { errors: ['prompt: is required'] }, '/prompt'],
    ['in a map of the errors of a validator', { errors: { name: { message: 'is missing', path: 'name' } } }, '/name'],
    ['by the longest path', { errors: [{ error: 'is missing', field: 'sum', path: 'lines[0].sum' }] }, '/lines/0/sum'],
    ['by a path of objects', { issues: [{ message: 'is not one', path: [{ type: 'object', key: 'mail' }] }] }, '/mail'],
    ['in a part of the request', { errors: { json: { amount: ['Not a number.'] } } }, '/amount'],
    ['before the sentence of an object', { errors: [{ message: 'order.sum: must be positive' }] }, '/order/sum'],
    [
      'in a map of their context',
      { error: { context: { query: { type: 'short', message: 'is too short' } } } },
      '/query',
    ],
    ['that a message is related to', { errors: [{ ErrorMessage: 'It differs.', ErrorRelatedTo: ['Part'] }] }, '/Part'],
    [
      'that the message begins with in words',
      { errors: [{ error_key: 'first_name', message: 'First name is required' }] },
      '/first_name',
    ],
    [
      'among the parameters of a message',
      { message: '%fieldName is required.', parameters: { fieldName: 'mail' } },
      '/mail',
    ],
    [
      'beside the rule that it broke',
      { error: { violations: [{ path: 'users/0/mail', rule: 'required' }] } },
      '/users/0/mail',
    ],
    ['before the sentence of Symfony', { errors: ['title: This value should not be blank.'] }, '/title'],
    ['in a map below a code', { error_detail: { ARGUMENTS_ERROR: { 'event.name': ['MISSING'] } } }, '/event/name'],
  ])('names a field %s', (_, value, path) => {
    expect(readByEvidence(value, 400).fields.map((field) => field.path)).toEqual([path]);
  });

  it.each<[string, unknown, [string | null, string]]>([
    [
      'in another language',
      { virhe: { tunnus: 'HINTA_PUUTTUU', selite: 'Hintaa ei ole.' } },
      ['HINTA_PUUTTUU', 'Hintaa ei ole.'],
    ],
    ['without a code', { outcome: 'no', problems: [{ what: 'must be below 30 kg' }] }, [null, 'must be below 30 kg']],
  ])('is read by its form where no name tells: %s', (_, value, [code, message]) => {
    expect(readByEvidence(value, 422)).toMatchObject({ code, message });
    expect(readByEvidence(value, null)).toMatchObject({ code: null, message: null });
  });

  it('says where each part is, and why', () => {
    const { parts } = readByEvidence({ error: { slug: 'board_archived', detail: 'The board is archived.' } }, 409);
    expect(parts.code).toMatchObject({
      pointer: '/error/slug',
      why: ['its name', 'its form', 'its place', 'beside the message'],
    });
    expect(parts.message).toMatchObject({ pointer: '/error/detail' });
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('takes the name %s for any other', (name) => {
    const inner = `{"code":"E_GONE","message":"It was moved."}`;
    for (const body of [`{"${name}":${inner}}`, `{"error":{"${name}_code":"E_GONE","message":"It was moved."}}`]) {
      const { code, parts } = readByEvidence(JSON.parse(body), 404);
      expect(code).toBe('E_GONE');
      expect(Number.isFinite(parts.code?.score)).toBe(true);
    }
  });
});
