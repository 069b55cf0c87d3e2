import { type Answered, type Asked, KEY, PROFILE, type Situation, says, TENANT } from './situations.ts';

const { rc, ep, cc, vi } = says;
const RC = 'raptor-comply';
const EP = 'elder-protection';
const CC = 'cryptocomply';
const VI = 'victims';
const BEARER = { 'www-authenticate': 'Bearer' };

/** Nothing may be confirmed except what `allowed` lists. */
const row = (
  what: string,
  api: string | null,
  asked: Asked,
  answered: Answered,
  allowed: RegExp | null = null,
): Situation => ({ what, api, asked, answered, evidence: allowed });

const EXPIRED = rc(401, 'Unauthorized', 'API key has expired');
const INVALID = rc(401, 'Unauthorized', 'Invalid API key');
const MISSING = rc(401, 'Unauthorized', 'Missing X-API-Key header');
const assets: Asked = { call: 'GET /cyber-assets' };

/** Keys that look wrong, while the response says that the API knows the key. */
const ODD = [
  `"${KEY}"`,
  `${KEY.slice(0, 6)} ${KEY.slice(6)}`,
  `API_KEY=${KEY}`,
  `Bearer ${KEY}`,
  'your-api-key',
  'changeme',
  'k%2F3f9a%3D',
  'k–3f9a',
  `${KEY.slice(0, 8)}...`,
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0',
];
const keys: Situation[] = ODD.flatMap((key) => [
  row(`${key}, expired`, RC, { ...assets, key }, EXPIRED),
  row(
    `${key}, expired`,
    null,
    { call: 'GET /x', key },
    { status: 401, body: { error: 'token expired' }, headers: BEARER },
  ),
  row(
    `${key}, no tenant named`,
    EP,
    { call: 'GET /profiles', key },
    ep(401, 'Unauthorized', 'tenant not found', 'TENANT_NOT_FOUND'),
  ),
  row(`${key}, revoked`, VI, { call: 'GET /v1/victims/1', key }, vi(403, 'KEY_REVOKED', 'API key has been revoked')),
  row(`${key}, deactivated`, CC, { call: 'GET /organizations/1/addresses', key }, cc(401, 'User inactive or deleted.')),
]);

const shared = (api: string, from: string, own: string) =>
  ({ otherKeys: [{ value: KEY, from, api }], ownKey: { value: KEY, from: own } }) as object;

// biome-ignore format: one line per case
const auth: Situation[] = [
  row('white space at the end', RC, { ...assets, key: `${KEY} ` }, INVALID),
  row('white space at the start', RC, { ...assets, key: `  ${KEY}` }, INVALID),
  row('white space at the end', VI, { call: 'GET /v1/victims/1', key: `${KEY}  ` }, vi(401, 'INVALID_API_KEY', 'Invalid API key')),
  row('a comma', RC, { ...assets, key: 'k-3f9a,7c21' }, INVALID),
  row('a comma and a space', RC, { ...assets, key: 'k-3f9a7c21' }, INVALID),
  row('padding', RC, { ...assets, key: 'azNmOWE3YzIxZDBlOGI2NDU=' }, INVALID),
  row('double padding', RC, { ...assets, key: 'azNmOWE3YzIxZDBlOGI2NA==' }, INVALID),
  row('a colon', RC, { ...assets, key: 'client1:3f9a7c21d0e8' }, INVALID),
  row('key:secret', RC, { ...assets, key: 'key-1:3f9a7c21d0e8' }, INVALID),
  row('words in a key', RC, { ...assets, key: 'yourself-9a8b7c' }, INVALID),
  row('a demo key', RC, { ...assets, key: 'demo-key' }, INVALID),
  row('a test key', RC, { ...assets, key: 'test-key-3f9a' }, INVALID),
  row('a key that begins with null', RC, { ...assets, key: 'nullable-77' }, INVALID),
  row('a key that begins with a scheme', RC, { ...assets, key: 'token-3f9a7c21' }, INVALID),
  row('a key with a percent sign', RC, { ...assets, key: 'k%3f9a' }, INVALID),
  row('the x of a hex number', RC, { ...assets, key: '0xxx3f9a7c' }, INVALID),
  row('a key of two APIs', RC, { ...assets, sent: shared(VI, 'SHARED_KEY', 'SHARED_KEY') }, INVALID),
  row('a key of two APIs', RC, { ...assets, sent: shared(VI, 'VICTIMS_API_KEY', 'RAPTOR_COMPLY_API_KEY') }, INVALID),
  row('a key of two APIs that expired', RC, { ...assets, sent: shared(VI, 'VICTIMS_API_KEY', 'RAPTOR_COMPLY_API_KEY') }, EXPIRED),
  row('a key of the sandbox', RC, { ...assets, key: 'sk_test_3f9a7c21' }, INVALID),
  row('a path that is called live', RC, { call: 'GET /cyber-assets/live', key: 'sk_test_3f9a7c21' }, INVALID),
  row('a resource that is called test', EP, { call: 'GET /rules/test', key: 'sk_live_3f9a7c21' }, ep(403, 'Forbidden', 'insufficient scope')),
  row('a search for production', EP, { call: 'GET /rules?env=production', key: 'sandbox-3f9a7c21' }, ep(403, 'Forbidden', 'insufficient scope')),
  row('a key that was sent', RC, assets, MISSING),
  row('missing or invalid', RC, assets, rc(401, 'Unauthorized', 'Missing or invalid API key')),
  row('a missing scope', RC, assets, rc(401, 'Unauthorized', 'Missing scope for this key')),
  row('credentials that were sent', CC, { call: 'GET /organizations/1/addresses' }, cc(401, 'Authentication credentials were not provided.')),
  row('a tenant that was sent', EP, { call: 'GET /profiles' }, ep(401, 'Unauthorized', 'missing tenant ID')),
  row('a tenant that is unknown', EP, { call: 'GET /profiles' }, ep(401, 'Unauthorized', 'invalid tenant ID', 'TENANT_NOT_FOUND')),
  row('a tenant in capitals', EP, { call: 'GET /profiles', headers: { 'X-Tenant-ID': TENANT.toUpperCase() } }, ep(401, 'Unauthorized', 'invalid tenant ID', 'TENANT_NOT_FOUND')),
  row('white space around a tenant', EP, { call: 'GET /profiles', headers: { 'X-Tenant-ID': ` ${TENANT} ` } }, ep(401, 'Unauthorized', 'invalid tenant ID', 'TENANT_NOT_FOUND')),
  row('a tenant that is none, and a key that is wrong', EP, { call: 'GET /profiles', headers: { 'X-Tenant-ID': 'acme' } }, ep(401, 'Unauthorized', 'invalid API key')),
  row('another scheme in lower case', CC, { call: 'GET /organizations/1/addresses', headers: { Authorization: `api-key ${KEY}` } }, cc(401, 'Invalid API key.')),
  row('Basic', null, { call: 'GET /x', headers: { Authorization: 'Basic dXNlcjpwYXNz' } }, { status: 401, headers: { 'www-authenticate': 'Basic' } }),
  row('Digest', null, { call: 'GET /x', headers: { Authorization: 'Digest username="a", realm="b"' } }, { status: 401, headers: { 'www-authenticate': 'Digest' } }),
  row('Rails', null, { call: 'GET /x', headers: { Authorization: 'Token token="3f9a7c21"' } }, { status: 401, body: 'HTTP Token: Access denied.' }),
  row('a token that is valid', null, { call: 'GET /x', key: `eyJhbGciOiJub25lIn0.${btoa('{"exp":4000000000}')}.x`.replaceAll('=', '') }, { status: 401, body: { error: 'token expired' }, headers: BEARER }),
  row('an encrypted token', null, { call: 'GET /x', key: 'eyJhbGciOiJSU0EifQ.OKOawDo13gRp2ojaHV7L.48V1_ALb6US04U3b.5eym8TW_c8SuK0lt.XFBoMYUZodetZdvT' }, { status: 401, body: { error: 'invalid token' }, headers: BEARER }),
  row('an answer that is good', null, { call: 'GET /x', headers: { Authorization: null } }, { status: 401, body: { message: 'API key required' } }),
  row('the key of an issuer', VI, { call: 'GET /v1/victims/1', key: 'ghp_0123456789abcdefghij0123456789abcdef' }, vi(401, 'INVALID_API_KEY', 'Invalid API key')),
  row('no permission', RC, { ...assets, key: `"${KEY}"` }, rc(403, 'Forbidden', 'You do not have permission to perform this action')),
  row('a limit', RC, { ...assets, key: 'your-api-key' }, rc(429, 'Too Many Requests', 'Rate limit exceeded. Please retry after a short delay.')),
  row('a failure', RC, { ...assets, key: 'your-api-key' }, rc(500, 'Internal Server Error', 'An unexpected error occurred. Please try again later.')),
  row('a locked key', VI, { call: 'GET /v1/victims/1', headers: { Authorization: KEY } }, vi(403, 'KEY_LOCKED', 'API key is temporarily locked')),
];

const PERSON = { customer_id: 'C-1', customer_name: 'Ann', date_of_birth: '1940-01-01', enrollment_reason: 'AGE' };
const created = (body: unknown, more: Partial<Asked> = {}): Asked => ({ call: 'POST /profiles', body, ...more });
const required = (name: string) => ep(400, 'Bad Request', `${name} is required`);
const asset = (body: unknown, more: Partial<Asked> = {}): Asked => ({ call: 'POST /cyber-assets', body, ...more });
const rejected = (message: string) => rc(422, 'Unprocessable Entity', message);
const search = (body: unknown): Asked => ({ call: 'POST /v1/victims/search', body });
const EITHER = vi(400, 'VALIDATION_ERROR', 'Either domains or logins must be provided');
const address = (body: unknown): Asked => ({ call: 'POST /organizations/1/addresses', body });
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const fastapi = (loc: (string | number)[], type: string, msg: string): Answered => ({
  status: 422,
  body: { detail: [{ loc, type, msg }] },
});

// biome-ignore format: one line per case
const bodies: Situation[] = [
  row('a member that is there', EP, created(PERSON), required('customer_id')),
  row('a member that is 0', EP, created({ ...PERSON, customer_id: 0 }), required('customer_id')),
  row('a member that is false', RC, asset({ active: false }), rejected("Field 'active' is required")),
  row('a member further in', EP, created({ owner: { customer_id: 'C-1' }, customer_name: 'Ann' }), required('customer_id')),
  row('a member of a list', RC, asset({ assets: [{ name: 'a' }], site: 1 }), rejected("Field 'name' is required")),
  row('a member in the query', EP, { call: 'POST /profiles?customer_id=C-1', body: { customer_name: 'Ann' } }, required('customer_id')),
  row('a member of a form', EP, created('customer_id=C-1&customer_name=Ann', { headers: FORM }), required('customer_id')),
  row('a header of this name', null, { call: 'POST /x', body: {}, headers: { 'X-Request-Source': 'a' } }, { status: 400, body: { message: 'X-Request-Source is required' } }),
  row('a member of multipart', EP, created('--b\r\nContent-Disposition: form-data; name="customer_id"\r\n\r\nC-1\r\n--b--', { headers: { 'content-type': 'multipart/form-data; boundary=b' } }), required('customer_id')),
  row('a member in XML', null, { call: 'POST /x', body: '<a><email>x</email></a>', headers: { 'content-type': 'application/xml' } }, { status: 400, body: { message: 'email is required' } }),
  row('a status that is allowed', EP, { call: `POST /signals/${PROFILE}/review`, body: { status: 'CONFIRMED' } }, ep(400, 'Bad Request', 'status must be CONFIRMED or DISMISSED')),
  row('a state of the signal', EP, { call: `POST /signals/${PROFILE}/review`, body: { status: 'OPEN' } }, ep(409, 'Conflict', 'signal status must be CONFIRMED or DISMISSED'), /the message reads/),
  row('a weight in the range', EP, created({ weight: 0.5 }), ep(400, 'Bad Request', 'weight must be between 0 and 1')),
  row('a weight of 1', EP, created({ weight: 1 }), ep(400, 'Bad Request', 'weight must be between 0 and 1', 'INVALID_WEIGHT')),
  row('a severity', EP, created({ severity: 'HIGH' }), ep(400, 'Bad Request', 'invalid severity')),
  row('Null, a name', EP, created({ ...PERSON, customer_name: 'Null' }), ep(400, 'Bad Request', 'invalid enrollment_reason')),
  row('Nan, a name', EP, created({ ...PERSON, customer_name: 'Nan' }), ep(400, 'Bad Request', 'customer_name is too short')),
  row('undefined in a member that is not named', EP, created({ ...PERSON, note: 'undefined' }), required('customer_id')),
  row('null in a member that is not named', EP, created({ ...PERSON, note: null }), ep(400, 'Bad Request', 'invalid enrollment_reason')),
  row('JSON as a form, and something else named', RC, asset({ name: 'x' }, { headers: FORM }), rejected('Referenced ID does not exist in your organization')),
  row('text, and something else named', EP, created(PERSON, { headers: { 'content-type': 'text/plain' } }), ep(400, 'Bad Request', 'invalid profile ID')),
  row('a member with JSON in it', RC, asset({ metadata: '{"a":1}' }), rejected('Referenced ID does not exist')),
  row('a string that is what is wanted', RC, asset({ code: '7' }), rejected("Field 'code' must be a string")),
  row('a reference', RC, asset({ cyberSystemId: 's-7' }), rejected("Field 'cyberSystemId' refers to an unknown system")),
  row('both there', VI, search({ domains: ['a.example'], logins: ['x'] }), EITHER),
  row('one there', VI, search({ logins: ['x'] }), EITHER),
  row('one further in', VI, search({ filters: { domains: ['a'] }, page: { size: 1 } }), EITHER),
  row('one in the query', VI, { call: 'GET /v1/victims?domains=a.example' }, EITHER),
  row('a list that is short', VI, search({ domains: ['a'] }), vi(400, 'VALIDATION_ERROR', 'domains: list has 120 items, max 100'), /the message reads/),
  row('a value that is allowed', VI, search({ sort: 'asc' }), vi(400, 'VALIDATION_ERROR', 'sort must be one of: asc, desc')),
  row('another rule', VI, search({ q: 'x' }), vi(400, 'VALIDATION_ERROR', 'from must be before to')),
  row('a choice that is given', VI, search({ kind: 'any' }), vi(400, 'VALIDATION_ERROR', 'kind must be one of your saved kinds')),
  row('a cursor', VI, { call: 'GET /v1/victims?cursor=eyJpZCI6MX0%3D' }, vi(400, 'INVALID_CURSOR', 'Cursor is invalid')),
  row('the address registered', CC, address({ blockchain: 'bitcoin', address: 'x' }), cc(400, { non_field_errors: ['Address already registered in this organization.'] }), /the message reads/),
  row('a field that is there', CC, address({ blockchain: 'bitcoin' }), cc(400, { blockchain: ['This field is required.'] })),
  row('a field further in', CC, address({ item: { blockchain: 'bitcoin' }, label: 'x' }), cc(400, { blockchain: ['This field is required.'] })),
  row('a field that is unique', CC, address({ label: 'x' }), cc(400, { label: ['This field must be unique.'] })),
  row('a field that is too long', CC, address({ label: 'x' }), cc(400, { label: ['Ensure this field has no more than 100 characters.'] })),
  row('Rails wants it wrapped', null, { call: 'POST /users', body: { user: { name: 'x' } } }, { status: 422, body: { errors: { email: ["can't be blank"] } } }, /no \/email|email/),
  row('FastAPI, the query', null, { call: 'GET /x?limit=10' }, fastapi(['query', 'limit'], 'missing', 'Field required')),
  row('FastAPI, the body', null, { call: 'POST /x', body: { email: 'x' } }, fastapi(['body', 'email'], 'missing', 'Field required')),
  row('FastAPI, the query of a POST', null, { call: 'POST /x?limit=10', body: { name: 'x' } }, fastapi(['query', 'limit'], 'missing', 'Field required')),
  row('FastAPI, a header in another notation', null, { call: 'GET /x', headers: { X_Token: 'a' } }, fastapi(['header', 'x-token'], 'missing', 'Field required')),
  row('FastAPI, a header of the wrong type', null, { call: 'GET /x' }, fastapi(['header', 'x-count'], 'int_parsing', 'Input should be a valid integer')),
  row('FastAPI, a header that every client sends', null, { call: 'POST /x', body: {} }, fastapi(['header', 'content-length'], 'missing', 'Field required')),
  row('FastAPI, a cookie', null, { call: 'GET /x', headers: { Cookie: 'theme=dark; session_id=abc' } }, fastapi(['cookie', 'session_id'], 'missing', 'Field required')),
  row('FastAPI, a cookie in another notation', null, { call: 'GET /x', headers: { Cookie: 'sessionId=abc' } }, fastapi(['cookie', 'session_id'], 'missing', 'Field required')),
  row('FastAPI, a part of the path', null, { call: 'GET /items/7' }, fastapi(['path', 'item_id'], 'missing', 'Field required')),
  row('FastAPI, a header', null, { call: 'GET /x', headers: { 'x-token': 'a' } }, fastapi(['header', 'x-token'], 'missing', 'Field required')),
  row('FastAPI, the path', null, { call: 'GET /x/7' }, fastapi(['path', 'item_id'], 'int_parsing', 'Input should be a valid integer')),
  row('FastAPI, a number that fits', null, { call: 'GET /x?limit=50' }, fastapi(['query', 'limit'], 'less_than_equal', 'Input should be less than or equal to 100')),
  row('a body that is no JSON on purpose', null, { call: 'POST /x', body: 'a,b\n1,2', headers: { 'content-type': 'text/csv' } }, { status: 400, body: { message: 'Row 2 is invalid' } }),
  row('a POST that needs no body', RC, { call: 'POST /cyber-assets/a/sync' }, rc(409, 'Conflict', 'Sync is running already')),
  row('a POST without a body, and something else named', EP, { call: `POST /profiles/${PROFILE}/sync` }, INVALID_STATE()),
  row('a JSON text that is meant', null, { call: 'PUT /settings/title', body: '"A title"' }, { status: 400, body: { message: 'title is too long' } }),
  row('a list that is meant', null, { call: 'POST /batch', body: [{ email: 'x' }] }, { status: 400, body: { message: 'batch is closed' } }),
];

function INVALID_STATE(): Answered {
  return ep(409, 'Conflict', 'batch run already finished', 'INVALID_STATE');
}

const NOT_FOUND = rc(404, 'Not Found', 'Resource not found');
const NO_VICTIM = vi(404, 'NOT_FOUND', 'Resource not found');
const NO_PROFILE = ep(404, 'Not Found', 'profile not found', 'PROFILE_NOT_FOUND');
const GONE: Answered = { status: 404, body: { message: 'Not Found' } };

// biome-ignore format: one line per case
const paths: Situation[] = [
  row('metadata', null, { call: 'GET /odata/$metadata' }, GONE),
  row('a count', null, { call: 'GET /odata/Things/$count' }, GONE),
  row('Nan, a town', null, { call: 'GET /cities/Nan' }, GONE),
  row('nan', null, { call: 'GET /users/nan' }, GONE),
  row('None', null, { call: 'GET /songs/None' }, GONE),
  row('Null, a name', null, { call: 'GET /authors/Null' }, GONE),
  row('a release called v1', null, { call: 'GET /v1/releases/v1' }, GONE),
  row('a tag called v1', null, { call: 'GET /v1/tags/v1/files' }, GONE),
  row('an API called api', null, { call: 'GET /api/catalog/api' }, GONE),
  row('a URL as an id', null, { call: 'GET /pages/https%3A%2F%2Fwww.example%2F%2Fa' }, GONE),
  row('a URL as it is', null, { call: 'GET /proxy/https://www.example/a' }, GONE),
  row('a URL in the query', null, { call: 'GET /pages?url=https://www.example//a' }, GONE),
  row('two versions in an encoded id', null, { call: 'GET /files/v1%2Fv1%2Fa' }, GONE),
  row('a verb', null, { call: 'GET /things/7:cancel' }, GONE),
  row('a time', null, { call: 'GET /slots/12:30' }, GONE),
  row('a handle', null, { call: 'GET /users/@me' }, GONE),
  row('a key of OData', null, { call: "GET /Things('a')" }, GONE),
  row('a slash at the end', null, { call: 'GET /things/' }, GONE),
  row('a slash behind an id', RC, { call: 'GET /cyber-assets/asset-9/' }, NOT_FOUND),
  row('an id that is unknown', RC, { call: 'GET /cyber-assets/asset-9' }, NOT_FOUND),
  row('an id with an encoded slash', RC, { call: 'GET /cyber-assets/a%2F%2Fb' }, NOT_FOUND),
  row('a victim that is unknown', VI, { call: 'GET /v1/victims/1002' }, NO_VICTIM),
  row('a victim called v2', VI, { call: 'GET /v1/victims/v2' }, NO_VICTIM),
  row('a profile that is unknown', EP, { call: `GET /profiles/${PROFILE}` }, NO_PROFILE),
  row('a profile whose id is no UUID, and the answer that says unknown', EP, { call: 'GET /profiles/C-1001' }, NO_PROFILE),
  row('the same without a code', EP, { call: 'GET /profiles/C-1001' }, ep(404, 'Not Found', 'profile not found')),
  row('a signal whose id is no UUID', EP, { call: 'GET /signals/s-7' }, ep(404, 'Not Found', 'signal not found')),
  row('an id that is a UUID', EP, { call: `GET /profiles/${PROFILE}` }, ep(400, 'Bad Request', 'invalid profile ID')),
  row('an id in capitals', EP, { call: `GET /profiles/${PROFILE.toUpperCase()}` }, ep(400, 'Bad Request', 'invalid profile ID')),
  row('a profile behind another, and two slashes in the query', EP, { call: `GET /profiles/${PROFILE}?next=//x` }, NO_PROFILE),
  row('a slash behind a profile', EP, { call: `GET /profiles/${PROFILE}/` }, NO_PROFILE),
  row('an address in braces', null, { call: 'GET /devices/%7B7d1f0c52-3f0e-4d55-9a63-0d6f0a8a1b11%7D' }, GONE),
  row('JSON in the path', null, { call: 'GET /q/%7B%22a%22%3A1%7D' }, GONE),
  row('a percent sign that is encoded', null, { call: 'GET /things/100%25' }, GONE),
  row('a method that is allowed', null, { call: 'GET /x' }, { status: 405, headers: { allow: 'GET' } }),
  row('an Accept that takes all', null, { call: 'GET /x', headers: { accept: 'text/csv, */*;q=0.1' } }, { status: 406 }),
  row('a type that is right', null, { call: 'POST /x', body: { a: 1 } }, { status: 415 }),
  row('a type with a suffix', null, { call: 'POST /x', body: { a: 1 }, headers: { 'content-type': 'application/vnd.api+json' } }, { status: 400, body: { message: 'name is taken' } }),
  row('a query with a body that a GET may have', null, { call: 'GET /_search', body: { query: {} } }, { status: 400, body: { error: { type: 'parsing_exception', reason: 'unknown query [foo]' } } }),
];

/** Requests with something that looks wrong but is not what the response is about. */
export const MISLEADING: Situation[] = [...keys, ...auth, ...bodies, ...paths];
