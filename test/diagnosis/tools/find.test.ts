import { expect, it } from 'vitest';
import { findTool } from '../../../src/diagnosis/tools/find.ts';

it.each([
  ['nginx', '2026/05/02 10:11:12 [error] 7#7: *1 connect() failed (111: Connection refused), client: 10.0.0.1'],
  ['nginx', '2026/05/02 10:11:12 [crit] 7#7: *3 SSL_do_handshake() failed while SSL handshaking, client: 10.0.0.1'],
  ['nginx', 'nginx: [emerg] host not found in upstream "app" in /etc/nginx/nginx.conf:12'],
  ['got', 'RequestError: connect ECONNREFUSED 127.0.0.1:80'],
  ['got', 'Uncaught RequestError: connect ECONNREFUSED 127.0.0.1:80'],
])('names %s by what it wrote', (id, text) => {
  expect(findTool(text)?.id).toBe(id);
});

it.each([
  ['nginx', "it failed {\n  raw: {\n    headers: { server: 'nginx' }\n  }\n}"],
  ['nginx', '[error] The plan could not be saved'],
  ['nginx', 'Could not create client: name is required'],
  ['got', 'stripe.error.InvalidRequestError: No such plan'],
  ['got', 'BadRequestError: the name is required'],
])('does not take for %s what anybody writes', (id, text) => {
  expect(findTool(text)?.id).not.toBe(id);
});
