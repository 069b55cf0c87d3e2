import { expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { readPaste } from '../../src/input/log-text.ts';

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
