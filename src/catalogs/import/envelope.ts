import { statusOfPhrase } from '../../diagnosis/status.ts';
import { pointerToken, valueAt } from '../../json/pointer.ts';
import type { Envelope } from '../../model/catalog.ts';
import type { BodyExample } from './example.ts';
import type { Draft } from './gather.ts';

/** The shape that most of the bodies have: where code, message, status and request ID stand. */
export function envelopeOf(bodies: BodyExample[], drafts: Draft[]): Envelope {
  const codes = new Set(drafts.flatMap((draft) => draft.codes));
  const subcodes = new Set(drafts.flatMap((draft) => draft.subcodes));
  const votes = {
    code: new Map<string, number>(),
    subcode: new Map<string, number>(),
    message: new Map<string, number>(),
    status: new Map<string, number>(),
    requestId: new Map<string, number>(),
  };
  for (const { body, read } of bodies) {
    for (const [pointer, value] of leavesOf(body)) {
      const text = String(value);
      const vote = (role: keyof typeof votes) => votes[role].set(pointer, (votes[role].get(pointer) ?? 0) + 1);
      if (text === read.code || codes.has(text)) vote('code');
      if (subcodes.has(text) && text !== read.code) vote('subcode');
      if (text === read.message) vote('message');
      if (read.status !== null && text === String(read.status)) vote('status');
      if (text === read.requestId) vote('requestId');
    }
  }
  const envelope: Envelope = {};
  for (const role of ['code', 'subcode', 'message', 'status', 'requestId'] as const) {
    const [most] = [...votes[role]].sort(([a, x], [b, y]) => y - x || a.length - b.length);
    if (most !== undefined && !Object.values(envelope).includes(most[0])) envelope[role] = most[0];
  }
  const at = envelope.code;
  const told =
    at === undefined ? [] : bodies.map(({ body }) => valueAt(body, at)).filter((value) => value !== undefined);
  const isPhrase = told.length > 0 && told.every((value) => statusOfPhrase(String(value)) !== null);
  if (isPhrase && [...codes].some((code) => statusOfPhrase(code) === null)) {
    // The member repeats the phrase of the status, and the codes of the page stand nowhere in a body.
    envelope.phrase = at;
    delete envelope.code;
    for (const draft of drafts) draft.codes = draft.codes.filter((code) => statusOfPhrase(code) === null);
  }
  // A part that many bodies lack would make them look incomplete.
  for (const role of ['code', 'message', 'status', 'requestId'] as const) {
    const pointer = envelope[role];
    if (pointer === undefined) continue;
    const having = bodies.filter(({ body }) => valueAt(body, pointer) !== undefined).length;
    if (having < bodies.length * (role === 'code' || role === 'message' ? 0.7 : 1)) delete envelope[role];
  }
  return envelope;
}

/** The scalars of a body with their pointers, those of its first levels. */
function leavesOf(value: unknown, pointer = '', depth = 0): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return value === null ? [] : [[pointer, value]];
  if (depth > 4) return [];
  const members = Array.isArray(value)
    ? value.slice(0, 1).map((one, i): [string, unknown] => [String(i), one])
    : Object.entries(value);
  return members.flatMap(([key, one]) => leavesOf(one, pointer + pointerToken(key), depth + 1));
}
