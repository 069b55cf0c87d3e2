import { type Answered, type Asked, KEY, PROFILE, type Situation, says, TENANT } from './situations.ts';

const { rc, ep, cc, vi } = says;

/** How each API rejects an unknown key, a request that it answers, and its scheme. */
const REFUSED: Record<string, { call: string; answered: Answered; prefix: string; header: string }> = {
  'raptor-comply': {
    call: 'GET /cyber-assets',
    answered: rc(401, 'Unauthorized', 'Invalid API key'),
    prefix: '',
    header: 'X-API-Key',
  },
  'elder-protection': {
    call: 'GET /profiles',
    answered: ep(401, 'Unauthorized', 'invalid API key'),
    prefix: 'Bearer ',
    header: 'Authorization',
  },
  cryptocomply: {
    call: 'GET /organizations/1/addresses',
    answered: cc(401, 'Invalid API key.'),
    prefix: 'Api-Key ',
    header: 'Authorization',
  },
  victims: {
    call: 'GET /v1/victims/1001',
    answered: vi(401, 'INVALID_API_KEY', 'Invalid API key'),
    prefix: 'Bearer ',
    header: 'Authorization',
  },
};

const PLACEHOLDER = /placeholder/;

/** Texts pasted instead of a key, and the expected evidence. */
const PASTED: [what: string, key: string, evidence: RegExp][] = [
  ['double quotes', `"${KEY}"`, /quotes/],
  ['single quotes', `'${KEY}'`, /quotes/],
  ['backticks', `\`${KEY}\``, /quotes/],
  ['a quote at its start only', `"${KEY}`, /quote/],
  ['a quote at its end only', `${KEY}"`, /quote/],
  ['escaped quotes', `\\"${KEY}\\"`, /quote/],
  ['a line of a .env file', `API_KEY=${KEY}`, /name before it|API_KEY=/],
  ['an export', `export RAPTOR_COMPLY_API_KEY=${KEY}`, /name before it|API_KEY=/],
  ['a quoted line of a .env file', `API_KEY="${KEY}"`, /name before it|API_KEY=/],
  ['a lower-case name', `api_key=${KEY}`, /name before it|api_key=/],
  ['a header line', `X-API-Key: ${KEY}`, /header/],
  ['a whole header line', `Authorization: Bearer ${KEY}`, /header/],
  ['JSON', `{"api_key":"${KEY}"}`, /JSON/],
  ['white space inside', `${KEY.slice(0, 6)} ${KEY.slice(6)}`, /white ?space/],
  ['a tab inside', `${KEY.slice(0, 6)}\t${KEY.slice(6)}`, /white ?space/],
  ['percent-encoding', 'k%2F3f9a7c21%3D%3D', /percent/],
  ['a percent-encoded space', `${KEY}%20`, /percent/],
  ['an HTML entity', 'k-3f9a&amp;7c21', /HTML/],
  ['a typographic dash', 'k–3f9a7c21', /ASCII/],
  ['a character without width', `${KEY}\u200b`, /ASCII/],
  ['a no-break space', `\u00a0${KEY}`, /ASCII/],
  ['a scheme', `Bearer ${KEY}`, /Bearer/],
  ['a token word', `Token ${KEY}`, /Token/],
  ['a JWT without its signature', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0', /cut short/],
  ['dots where the rest was', `${KEY.slice(0, 8)}...`, /cut short/],
  ['stars where the rest was', `${KEY.slice(0, 4)}********`, /mask/],
];

/** Placeholder words for keys. */
const WORDS = [
  'YOUR_API_KEY',
  'your-api-key-here',
  'your-key-here',
  'yourApiKey',
  'INSERT_KEY_HERE',
  'insert-your-token',
  'REPLACE_WITH_YOUR_KEY',
  'replace_me',
  'paste-your-key-here',
  'put_key_here',
  'ENTER_API_KEY',
  'add-your-api-key',
  'changeme',
  'CHANGE_ME',
  'xxxx',
  'xxxxxxxxxxxxxxxx',
  'XXXX-XXXX-XXXX',
  'sk_live_xxxxxxxx',
  'sk-your-key-here',
  '<api-key>',
  '<YOUR API KEY>',
  '[API_KEY]',
  '{api_key}',
  '{{api_key}}',
  '$API_KEY',
  '${API_KEY}',
  '$(cat key.txt)',
  '%API_KEY%',
  '${{ secrets.API_KEY }}',
  'process.env.API_KEY',
  'os.environ["API_KEY"]',
  'undefined',
  'null',
  'None',
  'NaN',
  '[object Object]',
  'TODO',
  'placeholder',
  'api_key',
  'API-KEY',
  'my-api-key',
  'MY_SECRET_TOKEN',
  'example-api-key',
  'dummy_key',
  'the-api-key-goes-here',
  '__API_KEY__',
];

const keys = (): Situation[] => {
  const rows: Situation[] = [];
  for (const [api, { call, answered, prefix, header }] of Object.entries(REFUSED)) {
    for (const [what, key, evidence] of PASTED)
      rows.push({ what: `${api}: key with ${what}`, api, asked: { call, key }, answered, evidence });
    rows.push({
      what: `${api}: key cut short`,
      api,
      asked: { call, key: KEY.slice(0, 9), sent: { ownKey: { value: KEY, from: 'THE_KEY' } } as object },
      answered,
      evidence: /cut short|beginning of/,
    });
    if (prefix !== '') {
      rows.push({
        what: `${api}: two spaces after the scheme`,
        api,
        asked: { call, key: ` ${KEY}` },
        answered,
        evidence: /white ?space|spaces/,
      });
      const missing = [KEY, `Basic ${KEY}`, `Token ${KEY}`, `${prefix.trim()}${KEY}`, `${prefix.trim()}:${KEY}`];
      for (const value of missing)
        rows.push({
          what: `${api}: ${header}: ${value}`,
          api,
          asked: { call, headers: { [header]: value } },
          answered,
          evidence: /lacks|begins with|before the key|space/,
        });
    }
  }
  for (const [i, word] of WORDS.entries()) {
    const api = Object.keys(REFUSED)[i % 4] ?? '';
    const { call, answered } = REFUSED[api] as (typeof REFUSED)[string];
    rows.push({ what: `${api}: ${word}`, api, asked: { call, key: word }, answered, evidence: PLACEHOLDER });
  }
  return rows;
};

const row = (what: string, api: string | null, asked: Asked, answered: Answered, evidence: RegExp): Situation => ({
  what,
  api,
  asked,
  answered,
  evidence,
});

const RC = 'raptor-comply';
const EP = 'elder-protection';
const CC = 'cryptocomply';
const VI = 'victims';
const BEARER = { 'www-authenticate': 'Bearer' };
const MISSING = { rc: rc(401, 'Unauthorized', 'Missing X-API-Key header') };
const NO_CREDENTIALS = cc(401, 'Authentication credentials were not provided.');

// biome-ignore format: one line per case
const headers: Situation[] = [
  row('no key', RC, { call: 'GET /cyber-assets', headers: { 'X-API-Key': null } }, MISSING.rc, /no X-API-Key/),
  row('the key in Authorization', RC, { call: 'GET /cyber-assets', headers: { 'X-API-Key': null, Authorization: `Bearer ${KEY}` } }, MISSING.rc, /no X-API-Key.*authorization/i),
  row('a header that is misspelt', RC, { call: 'GET /cyber-assets', headers: { 'X-API-Key': null, 'X-API-Keys': KEY } }, MISSING.rc, /no X-API-Key.*x-api-keys/),
  row('a header with underscores', RC, { call: 'GET /cyber-assets', headers: { 'X-API-Key': null, X_API_KEY: KEY } }, MISSING.rc, /no X-API-Key.*x_api_key/),
  row('the key in the query', RC, { call: 'GET /cyber-assets?api_key=abc', headers: { 'X-API-Key': null } }, MISSING.rc, /no X-API-Key.*query/),
  row('an empty key', RC, { call: 'GET /cyber-assets', headers: { 'X-API-Key': '  ' } }, MISSING.rc, /nothing where/),
  row('no key', CC, { call: 'GET /organizations/1/addresses', key: '', headers: { Authorization: null } }, NO_CREDENTIALS, /no Authorization/),
  row('X-API-Key', CC, { call: 'GET /organizations/1/addresses', headers: { Authorization: null, 'X-API-Key': KEY } }, NO_CREDENTIALS, /no Authorization.*x-api-key/),
  row('Bearer', CC, { call: 'GET /organizations/1/addresses', headers: { Authorization: `Bearer ${KEY}` } }, NO_CREDENTIALS, /begins with Bearer/),
  row('no prefix', CC, { call: 'GET /organizations/1/addresses', headers: { Authorization: KEY } }, NO_CREDENTIALS, /lacks/),
  row('an empty key', CC, { call: 'GET /organizations/1/addresses', headers: { Authorization: 'Api-Key ' } }, NO_CREDENTIALS, /nothing where/),
  row('only the scheme', VI, { call: 'GET /v1/victims/1', headers: { Authorization: 'Bearer' } }, vi(401, 'INVALID_API_KEY', 'Missing API key'), /nothing where/),
  row('no key', VI, { call: 'GET /v1/victims/1', headers: { Authorization: null } }, vi(401, 'INVALID_API_KEY', 'Missing API key'), /no Authorization/),
  row('no key', EP, { call: 'GET /profiles', headers: { Authorization: null } }, ep(401, 'Unauthorized', 'missing API key'), /no Authorization/),
  row('no tenant', EP, { call: 'GET /profiles', headers: { 'X-Tenant-ID': null } }, ep(401, 'Unauthorized', 'missing tenant ID'), /no X-Tenant-ID/),
  row('an empty tenant', EP, { call: 'GET /profiles', headers: { 'X-Tenant-ID': ' ' } }, ep(401, 'Unauthorized', 'missing tenant ID'), /X-Tenant-ID/),
  row('X-Tenant', EP, { call: 'GET /profiles', headers: { 'X-Tenant-ID': null, 'X-Tenant': TENANT } }, ep(401, 'Unauthorized', 'missing tenant ID'), /no X-Tenant-ID.*x-tenant/),
  row('a tenant that is a name', EP, { call: 'GET /profiles', headers: { 'X-Tenant-ID': 'acme' } }, ep(401, 'Unauthorized', 'invalid tenant ID', 'TENANT_NOT_FOUND'), /not a UUID/),
  row('a tenant in quotes', EP, { call: 'GET /profiles', headers: { 'X-Tenant-ID': `"${TENANT}"` } }, ep(401, 'Unauthorized', 'invalid tenant ID', 'TENANT_NOT_FOUND'), /quotes/),
  row('a tenant in braces', EP, { call: 'GET /profiles', headers: { 'X-Tenant-ID': `{${TENANT}}` } }, ep(401, 'Unauthorized', 'invalid tenant ID', 'TENANT_NOT_FOUND'), /braces/),
  row('a tenant cut short', EP, { call: 'GET /profiles', headers: { 'X-Tenant-ID': TENANT.slice(0, -2) } }, ep(401, 'Unauthorized', 'invalid tenant ID', 'TENANT_NOT_FOUND'), /not a UUID/),
  row('a tenant not filled in', EP, { call: 'GET /profiles', headers: { 'X-Tenant-ID': 'your-tenant-id' } }, ep(401, 'Unauthorized', 'unauthorized'), /not a UUID|placeholder/),
  row('two tenants', EP, { call: 'GET /profiles', headers: { 'X-Tenant-ID': `${TENANT}, ${PROFILE}` } }, ep(401, 'Unauthorized', 'invalid tenant ID', 'TENANT_NOT_FOUND'), /2 values/),
  row('a sandbox key at production', EP, { call: 'GET /production/x', key: 'sandbox-k-1' }, ep(403, 'Forbidden', 'forbidden'), /for tests/),
  row('the key of another API', VI, { call: 'GET /v1/victims/1', key: 'k-other-1234', sent: { otherKeys: [{ value: 'k-other-1234', from: 'OTHER_KEY', api: 'raptor-comply' }], ownKey: { value: KEY, from: 'VICTIMS_API_KEY' } } as object }, vi(401, 'INVALID_API_KEY', 'Invalid API key'), /OTHER_KEY/),
  row('a token past its time', VI, { call: 'GET /v1/victims/1', key: `eyJhbGciOiJub25lIn0.${btoa('{"exp":1700000000}')}.x`.replaceAll('=', '') }, vi(401, 'INVALID_API_KEY', 'API key expired'), /expired at/),
  // unknown APIs
  row('no credentials', null, { call: 'GET /x', headers: { Authorization: null } }, { status: 401, headers: BEARER }, /no header with credentials/),
  row('a placeholder', null, { call: 'GET /x', key: '$TOKEN' }, { status: 401, body: { detail: 'Invalid token' }, headers: BEARER }, PLACEHOLDER),
  row('quotes', null, { call: 'GET /x', key: `"${KEY}"` }, { status: 401, body: { detail: 'Could not validate credentials' }, headers: BEARER }, /quotes/),
  row('a scheme twice', null, { call: 'GET /x', key: `Bearer ${KEY}` }, { status: 401, body: { detail: 'Not authenticated' }, headers: BEARER }, /twice/),
  row('undefined', null, { call: 'GET /x', headers: { Authorization: null, 'X-API-Key': 'undefined' } }, { status: 401, body: { message: 'Unauthorized' } }, PLACEHOLDER),
];

const created = (body: unknown, more: Partial<Asked> = {}): Asked => ({ call: 'POST /profiles', body, ...more });
const PERSON = { customer_id: 'C-1', customer_name: 'Ann', date_of_birth: '1940-01-01', enrollment_reason: 'AGE' };
const without = (name: keyof typeof PERSON) =>
  Object.fromEntries(Object.entries(PERSON).filter(([own]) => own !== name));
const required = (name: string) => ep(400, 'Bad Request', `${name} is required`);
const field = (name: string) => rc(422, 'Unprocessable Entity', `Field '${name}' is required`);
const asset = (body: unknown, more: Partial<Asked> = {}): Asked => ({ call: 'POST /cyber-assets', body, ...more });
const search = (body: unknown, more: Partial<Asked> = {}): Asked => ({
  call: 'POST /v1/victims/search',
  body,
  ...more,
});
const EITHER = vi(400, 'VALIDATION_ERROR', 'Either domains or logins must be provided');
const address = (body: unknown, more: Partial<Asked> = {}): Asked => ({
  call: 'POST /organizations/1/addresses',
  body,
  ...more,
});
const REQUIRED = ['This field is required.'];
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const fastapi = (loc: (string | number)[], type: string, msg: string): Answered => ({
  status: 422,
  body: { detail: [{ loc, type, msg, input: null }] },
});

// biome-ignore format: one line per case
const bodies: Situation[] = [
  // absent, or as good as absent
  row('a member left out', EP, created(without('customer_id')), required('customer_id'), /no \/customer_id/),
  row('another member left out', EP, created(without('date_of_birth')), required('date_of_birth'), /no \/date_of_birth/),
  row('null', EP, created({ ...PERSON, customer_id: null }), required('customer_id'), /\/customer_id.*null/),
  row('an empty text', EP, created({ ...PERSON, customer_id: '' }), required('customer_id'), /\/customer_id.*empty/),
  row('blanks', EP, created({ ...PERSON, customer_name: '  ' }), required('customer_name'), /\/customer_name.*(empty|blank)/),
  row('misspelt', EP, created({ ...without('customer_id'), custmer_id: 'C-1' }), required('customer_id'), /no \/customer_id, but custmer_id/),
  row('camel case', EP, created({ ...without('customer_id'), customerId: 'C-1' }), required('customer_id'), /no \/customer_id, but customerId/),
  row('no body', EP, { call: 'POST /profiles' }, required('customer_id'), /no body/),
  row('an empty object', EP, created({}), required('customer_id'), /no \/customer_id/),
  row('wrapped', EP, created({ profile: PERSON }), required('customer_id'), /inside \/?profile/),
  row('wrapped in data', EP, created({ data: PERSON }), required('customer_id'), /inside \/?data/),
  row('in a list', EP, created([PERSON]), required('customer_id'), /list/),
  row('JSON as a form', EP, created(PERSON, { headers: FORM }), required('customer_id'), /is JSON.*Content-Type/),
  row('JSON as text', EP, created(PERSON, { headers: { 'content-type': 'text/plain' } }), required('customer_id'), /is JSON.*Content-Type/),
  row('JSON without a type', EP, created(PERSON, { headers: { 'content-type': null } }), required('customer_id'), /no Content-Type/),
  row('JSON inside a string', EP, created(JSON.stringify(JSON.stringify(PERSON))), required('customer_id'), /JSON inside a string|twice/),
  row('not JSON', EP, created('{customer_id: 1}'), ep(400, 'Bad Request', 'invalid request body'), /not JSON/),
  row('single quotes', EP, created("{'customer_id': 'C-1'}"), ep(400, 'Bad Request', 'invalid JSON'), /not JSON/),
  row('a comma too many', RC, asset('{"name":"x",}'), rc(422, 'Unprocessable Entity', 'Malformed JSON body'), /not JSON/),
  row('a form called JSON', RC, asset('name=x&cyberSystemId=7'), rc(422, 'Unprocessable Entity', 'Invalid JSON'), /not JSON/),
  row('a member left out', RC, asset({ name: 'x' }), field('cyberSystemId'), /no \/cyberSystemId/),
  row('snake case', RC, asset({ cyber_system_id: 7 }), field('cyberSystemId'), /no \/cyberSystemId, but cyber_system_id/),
  row('wrapped', RC, asset({ cyberAsset: { name: 'x', cyberSystemId: 's-7' } }), field('cyberSystemId'), /inside \/?cyberAsset/),
  row('null', RC, asset({ cyberSystemId: null }), field('cyberSystemId'), /null/),
  row('an empty list', RC, asset({ owners: [] }), field('owners'), /empty/),
  row('no body', RC, { call: 'POST /cyber-assets' }, field('cyberSystemId'), /no body/),
  row('another wording', RC, asset({ name: 'x' }), rc(422, 'Unprocessable Entity', 'Missing required field: cyberSystemId'), /no \/cyberSystemId/),
  row('nested', RC, asset({ site: { name: 'x' } }), field('site.id'), /no \/site\/id/),
  row('nested null', RC, asset({ site: { id: null } }), field('site.id'), /\/site\/id.*null/),
  row('neither', VI, search({ q: 'x' }), EITHER, /neither domains nor logins/),
  row('neither, empty lists', VI, search({ domains: [], logins: [] }), EITHER, /domains.*empty|neither/),
  row('neither, null', VI, search({ domains: null }), EITHER, /domains.*null|neither/),
  row('neither, no body', VI, { call: 'POST /v1/victims/search' }, EITHER, /no body/),
  row('neither, wrapped', VI, search({ filter: { domains: ['a.example'] } }), EITHER, /inside \/?filter/),
  row('neither, as a form', VI, search({ domains: ['a.example'] }, { headers: FORM }), EITHER, /is JSON.*Content-Type/),
  row('neither, in a string', VI, search(JSON.stringify('{"domains":["a"]}')), EITHER, /string|twice/),
  row('neither, misspelt', VI, search({ domain: ['a.example'] }), EITHER, /neither domains nor logins, but domain/),
  row('a field of DRF', CC, address({ address: 'bc1q' }), cc(400, { blockchain: REQUIRED }), /no \/blockchain/),
  row('null at DRF', CC, address({ blockchain: null }), cc(400, { blockchain: ['This field may not be null.'] }), /null/),
  row('blank at DRF', CC, address({ blockchain: '' }), cc(400, { blockchain: ['This field may not be blank.'] }), /empty/),
  row('misspelt at DRF', CC, address({ blockchian: 'bitcoin' }), cc(400, { blockchain: REQUIRED }), /no \/blockchain, but blockchian/),
  row('wrapped at DRF', CC, address({ address: { blockchain: 'bitcoin', address: 'x' } }), cc(400, { blockchain: REQUIRED }), /inside \/?address/),
  row('as a form at DRF', CC, address({ blockchain: 'bitcoin' }, { headers: FORM }), cc(400, { blockchain: REQUIRED }), /is JSON.*Content-Type/),
  row('no body at DRF', CC, { call: 'POST /organizations/1/addresses' }, cc(400, { blockchain: REQUIRED }), /no body/),
  row('FastAPI', null, { call: 'POST /x', body: { name: 'x' } }, fastapi(['body', 'email'], 'missing', 'Field required'), /no \/email/),
  row('FastAPI, nested', null, { call: 'POST /x', body: { user: { name: 'x' } } }, fastapi(['body', 'user', 'email'], 'missing', 'Field required'), /no \/user\/email/),
  row('FastAPI, in a list', null, { call: 'POST /x', body: { items: [{ n: 1 }, { m: 1 }] } }, fastapi(['body', 'items', 1, 'n'], 'missing', 'Field required'), /no \/items\/1\/n/),
  row('FastAPI, no body', null, { call: 'POST /x' }, fastapi(['body'], 'missing', 'Field required'), /no body/),
  row('FastAPI, query', null, { call: 'GET /x?lim=7' }, fastapi(['query', 'limit'], 'missing', 'Field required'), /query has no limit/),
  row('FastAPI, the query of a POST', null, { call: 'POST /x', body: { name: 'x' } }, fastapi(['query', 'limit'], 'missing', 'Field required'), /query has no limit/),
  row('FastAPI, the query of a POST that has it in its body', null, { call: 'POST /x', body: { limit: 7 } }, fastapi(['query', 'limit'], 'missing', 'Field required'), /query has no limit/),
  row('FastAPI, the body of a POST that has it in its query', null, { call: 'POST /x?email=a', body: { name: 'x' } }, fastapi(['body', 'email'], 'missing', 'Field required'), /body has no \/email/),
  row('FastAPI, a header', null, { call: 'GET /x' }, fastapi(['header', 'x-token'], 'missing', 'Field required'), /no x-token header/),
  row('FastAPI, a header with a typo', null, { call: 'GET /x', headers: { 'X-Tokn': 'a' } }, fastapi(['header', 'x-token'], 'missing', 'Field required'), /no x-token header, but x-tokn/),
  row('Fastify, a header', null, { call: 'GET /x' }, { status: 400, body: { statusCode: 400, code: 'FST_ERR_VALIDATION', error: 'Bad Request', message: "headers must have required property 'x-token'" } }, /no x-token header/),
  row('FastAPI, a cookie', null, { call: 'GET /x' }, fastapi(['cookie', 'session_id'], 'missing', 'Field required'), /no cookie session_id/),
  row('FastAPI, a cookie beside others', null, { call: 'GET /x', headers: { Cookie: 'theme=dark; lang=en' } }, fastapi(['cookie', 'session_id'], 'missing', 'Field required'), /no cookie session_id/),
  row('FastAPI, a part of the path', null, { call: 'GET /items/' }, fastapi(['path', 'item_id'], 'missing', 'Field required'), /path has an empty part/),
  row('FastAPI, a part within the path', null, { call: 'GET /users//orders' }, fastapi(['path', 'user_id'], 'missing', 'Field required'), /path has an empty part/),
  row('FastAPI, JSON in a string', null, { call: 'POST /x', body: JSON.stringify('{"email":"x"}') }, fastapi(['body'], 'model_attributes_type', 'Input should be a valid dictionary or object to extract fields from'), /string/),
  row('Rails', null, { call: 'POST /users', body: { name: 'x' } }, { status: 400, body: { status: 400, error: 'Bad Request', exception: '#<ActionController::ParameterMissing: param is missing or the value is empty: user>' } }, /no \/user/),
  row('Joi', null, { call: 'POST /x', body: { name: 'x' } }, { status: 400, body: { statusCode: 400, error: 'Bad Request', message: '"email" is required' } }, /no \/email/),
  row('Fastify', null, { call: 'POST /x', body: { name: 'x' } }, { status: 400, body: { statusCode: 400, error: 'Bad Request', message: "body must have required property 'email'" } }, /no \/email/),
  row('Express', null, { call: 'POST /x', body: '{"a":' }, { status: 400, body: { error: 'Unexpected end of JSON input' } }, /not JSON/),
  row('Laravel', null, { call: 'POST /x', body: { name: 'x' } }, { status: 422, body: { message: 'The email field is required.', errors: { email: ['The email field is required.'] } } }, /no \/email/),
  row('Spring', null, { call: 'POST /x' }, { status: 400, body: { timestamp: '2026-01-01T00:00:00Z', status: 400, error: 'Bad Request', message: 'Required request body is missing', path: '/x' } }, /no body/),
  // another kind of key
  row('a number as text', EP, created({ weight: '0.5' }, { call: 'POST /rules' }), ep(400, 'Bad Request', 'weight must be between 0 and 1'), /\/weight.*a string/),
  row('a weight out of range', EP, created({ weight: 7 }, { call: 'POST /rules' }), ep(400, 'Bad Request', 'weight must be between 0 and 1'), /above 1/),
  row('a weight below', EP, created({ weight: -1 }, { call: 'POST /rules' }), ep(400, 'Bad Request', 'weight must be between 0 and 1', 'INVALID_WEIGHT'), /below 0/),
  row('a weight wrapped', EP, created({ rule: { weight: 7 } }, { call: 'POST /rules' }), ep(400, 'Bad Request', 'weight must be between 0 and 1'), /above 1|inside/),
  row('an enum in other case', EP, { call: `POST /signals/${PROFILE}/review`, body: { status: 'confirmed' } }, ep(400, 'Bad Request', 'status must be CONFIRMED or DISMISSED'), /none of CONFIRMED, DISMISSED.*case/),
  row('no enum', EP, { call: `POST /signals/${PROFILE}/review`, body: {} }, ep(400, 'Bad Request', 'status must be CONFIRMED or DISMISSED'), /no \/status/),
  row('an enum of null', EP, { call: `POST /signals/${PROFILE}/review`, body: { status: null } }, ep(400, 'Bad Request', 'status must be CONFIRMED or DISMISSED'), /null/),
  row('a number for an enum', EP, { call: `POST /signals/${PROFILE}/review`, body: { status: 1 } }, ep(400, 'Bad Request', 'status must be CONFIRMED or DISMISSED'), /none of/),
  row('undefined as text', EP, created({ ...PERSON, enrollment_reason: 'undefined' }), ep(400, 'Bad Request', 'invalid enrollment_reason'), /placeholder|undefined/),
  row('an enum left out', EP, created({ name: 'x' }, { call: 'POST /rules' }), ep(400, 'Bad Request', 'invalid rule_type'), /no \/rule_type/),
  row('an enum misspelt', EP, created({ severty: 'HIGH' }, { call: 'POST /rules' }), ep(400, 'Bad Request', 'invalid severity', 'INVALID_SEVERITY'), /no \/severity, but severty/),
  row('an enum that is null', EP, created({ severity: null }, { call: 'POST /rules' }), ep(400, 'Bad Request', 'invalid severity', 'INVALID_SEVERITY'), /null/),
  row('a template not filled in', EP, created({ signal_category: '{{category}}' }, { call: 'POST /signals' }), ep(400, 'Bad Request', 'invalid signal_category'), /placeholder/),
  row('NaN as text', RC, asset({ capacity: 'NaN' }), rc(422, 'Unprocessable Entity', "Field 'capacity' must be a number"), /\/capacity.*(a string|placeholder)/),
  row('a number as text', RC, asset({ capacity: '7' }), rc(422, 'Unprocessable Entity', "Field 'capacity' must be a number"), /a string/),
  row('nested, a number as text', RC, asset({ site: { capacity: '7' } }), rc(422, 'Unprocessable Entity', "Field 'site.capacity' must be a number"), /\/site\/capacity.*a string/),
  row('a list as text', RC, asset({ tags: '["a"]' }), rc(422, 'Unprocessable Entity', "Field 'tags' must be an array"), /string/),
  row('a single value for a list', RC, asset({ tags: 'a' }), rc(422, 'Unprocessable Entity', "Field 'tags' must be an array"), /a string/),
  row('an unknown member', RC, asset({ cyberSystemld: 7 }), rc(422, 'Unprocessable Entity', "Unknown field 'cyberSystemld'"), /cyberSystemld/),
  row('a list too long', VI, search({ domains: Array.from({ length: 120 }, (_, i) => `${i}.example`) }), vi(400, 'VALIDATION_ERROR', 'domains: list has 120 items, max 100'), /120 items/),
  row('a list too long, wrapped', VI, search({ filter: { domains: Array.from({ length: 120 }, String) } }), vi(400, 'VALIDATION_ERROR', 'filter.domains: list has 120 items, max 100'), /120 items/),
  row('an enum in other case', VI, search({ sort: 'ASC' }), vi(400, 'VALIDATION_ERROR', 'sort must be one of: asc, desc'), /none of asc, desc.*case/),
  row('an enum in the query', VI, { call: 'GET /v1/victims?sort=up' }, vi(400, 'VALIDATION_ERROR', 'sort must be one of: asc, desc'), /none of asc, desc/),
  row('a number in the query', VI, { call: 'GET /v1/victims?limit=ten' }, vi(400, 'VALIDATION_ERROR', 'limit must be an integer'), /limit.*(integer|number)/),
  row('a limit in the query', VI, { call: 'GET /v1/victims?limit=5000' }, vi(400, 'VALIDATION_ERROR', 'limit must be between 1 and 1000'), /above 1000/),
  row('undefined in the query', VI, { call: 'GET /v1/victims?limit=undefined' }, vi(400, 'VALIDATION_ERROR', 'limit must be an integer'), /limit.*(placeholder|integer|number)/),
  row('a cursor not filled in', VI, { call: 'GET /v1/victims?cursor=undefined' }, vi(400, 'INVALID_CURSOR', 'Cursor is invalid'), /placeholder/),
  row('a cursor encoded twice', VI, { call: 'GET /v1/victims?cursor=abc%253D%253D' }, vi(400, 'INVALID_CURSOR', 'Cursor is invalid'), /encoded twice/),
  row('an empty cursor', VI, { call: 'GET /v1/victims?cursor=' }, vi(400, 'INVALID_CURSOR', 'Cursor is invalid'), /empty/),
  row('a choice of DRF', CC, address({ blockchain: 'Bitcoin' }), cc(400, { blockchain: ['"Bitcoin" is not a valid choice.'] }), /not a valid choice|the answer names/),
  row('a type of DRF', CC, address({ limit: 'ten' }), cc(400, { limit: ['A valid integer is required.'] }), /a string/),
  row('FastAPI, a type', null, { call: 'POST /x', body: { age: 'ten' } }, fastapi(['body', 'age'], 'int_parsing', 'Input should be a valid integer, unable to parse string as an integer'), /a string/),
  row('FastAPI, an enum', null, { call: 'POST /x', body: { color: 'RED' } }, fastapi(['body', 'color'], 'enum', "Input should be 'red', 'green' or 'blue'"), /none of red.*case/),
  row('FastAPI, a list', null, { call: 'POST /x', body: { tags: ['a', 'b', 'c'] } }, fastapi(['body', 'tags'], 'too_long', 'List should have at most 2 items after validation, not 3'), /3 items/),
  row('FastAPI, more than asked', null, { call: 'POST /x', body: { emial: 'x' } }, fastapi(['body', 'emial'], 'extra_forbidden', 'Extra inputs are not permitted'), /emial/),
  row('FastAPI, the query', null, { call: 'GET /x?limit=500' }, fastapi(['query', 'limit'], 'less_than_equal', 'Input should be less than or equal to 100'), /above 100/),
];

const NOT_FOUND = rc(404, 'Not Found', 'Resource not found');
const NO_VICTIM = vi(404, 'NOT_FOUND', 'Resource not found');
const INVALID_ID = ep(400, 'Bad Request', 'invalid profile ID');

// biome-ignore format: one line per case
const paths: Situation[] = [
  row('a slash at the end', RC, { call: 'GET /cyber-assets/' }, NOT_FOUND, /slash at its end/),
  row('two slashes', RC, { call: 'GET //cyber-assets' }, NOT_FOUND, /two slashes/),
  row('two slashes', VI, { call: 'GET /v1//victims/1001' }, NO_VICTIM, /two slashes/),
  row('another version', VI, { call: 'GET /v2/victims/1001' }, NO_VICTIM, /v2/),
  row('no version', VI, { call: 'GET /victims/1001' }, NO_VICTIM, /\/v1/),
  row('a version twice', VI, { call: 'GET /v1/v1/victims/1001' }, NO_VICTIM, /v1 twice/),
  row('other case', RC, { call: 'GET /Cyber-Assets' }, NOT_FOUND, /case/),
  row('a brace', RC, { call: 'GET /cyber-assets/{id}' }, NOT_FOUND, /\{id\}/),
  row('an encoded brace', RC, { call: 'GET /cyber-assets/%7Bid%7D' }, NOT_FOUND, /\{id\}/),
  row('a colon', VI, { call: 'GET /v1/victims/:victim_id' }, NO_VICTIM, /:victim_id/),
  row('a variable', VI, { call: 'GET /v1/victims/$VICTIM_ID' }, NO_VICTIM, /VICTIM_ID/),
  row('a template', VI, { call: 'GET /v1/victims/${id}' }, NO_VICTIM, /\$\{id\}/),
  row('angles', RC, { call: 'GET /cyber-assets/%3Cid%3E' }, NOT_FOUND, /<id>/),
  row('undefined', RC, { call: 'GET /cyber-assets/undefined' }, NOT_FOUND, /undefined/),
  row('null', CC, { call: 'GET /organizations/1/addresses/null' }, cc(404, 'Not found.'), /null/),
  row('NaN', CC, { call: 'GET /organizations/NaN/addresses' }, cc(404, 'Not found.'), /NaN/),
  row('an object', CC, { call: 'GET /organizations/1/addresses/[object%20Object]' }, cc(404, 'Not found.'), /object Object/),
  row('a text of the documentation', CC, { call: 'GET /organizations/your-org-id/addresses' }, cc(404, 'Not found.'), /your-org-id/),
  row('a name in capitals', RC, { call: 'GET /cyber-assets/ASSET_ID' }, NOT_FOUND, /ASSET_ID/),
  row('quotes', RC, { call: 'GET /cyber-assets/%22asset-1%22' }, NOT_FOUND, /quotes/),
  row('white space at the end', RC, { call: 'GET /cyber-assets/asset-1%20' }, NOT_FOUND, /white ?space/),
  row('a line break at the end', RC, { call: 'GET /cyber-assets/asset-1%0A' }, NOT_FOUND, /white ?space/),
  row('an id that is no UUID', EP, { call: 'GET /profiles/C-1001' }, INVALID_ID, /not a UUID/),
  row('an id cut short', EP, { call: `GET /profiles/${PROFILE.slice(0, 30)}` }, INVALID_ID, /not a UUID/),
  row('an id in braces', EP, { call: `GET /profiles/%7B${PROFILE}%7D` }, INVALID_ID, /not a UUID/),
  row('an id with a slash', EP, { call: `GET /profiles/${PROFILE}%2F` }, INVALID_ID, /not a UUID/),
  row('an id that is undefined', EP, { call: 'GET /profiles/undefined/signals' }, INVALID_ID, /not a UUID|undefined/),
  row('a percent sign', null, { call: 'GET /things/100%' }, { status: 400, body: { error: 'Bad Request', message: 'Failed to decode param' } }, /percent/),
  row('a method', null, { call: 'POST /x', body: {} }, { status: 405, headers: { allow: 'GET, PUT' } }, /Allow/),
  row('a type', null, { call: 'POST /x', body: { a: 1 }, headers: { 'content-type': 'text/plain' } }, { status: 415, body: { detail: 'Unsupported media type "text/plain" in request.' } }, /Content-Type/),
  row('a form', null, { call: 'POST /x', body: 'a=1', headers: FORM }, { status: 415, body: { message: 'Unsupported Media Type' } }, /Content-Type/),
  row('no type', null, { call: 'POST /x', body: { a: 1 }, headers: { 'content-type': null } }, { status: 415 }, /no Content-Type/),
  row('what is accepted', null, { call: 'GET /x', headers: { accept: 'text/csv' } }, { status: 406 }, /Accept/),
  row('a body of a GET', null, { call: 'GET /x', body: { a: 1 } }, { status: 400, body: '' }, /has a body/),
  row('a redirect', null, { call: 'POST /things', body: {} }, { status: 308, headers: { location: '/things/' } }, /slash/),
];

/** Requests with one fault each, and the expected evidence. */
export const FAULTS: Situation[] = [...keys(), ...headers, ...bodies, ...paths];
