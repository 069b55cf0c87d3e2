import type { Field, Part, Parts } from '../../model/diagnosis.ts';
import { assign, type Chosen, nearness } from './assign.ts';
import { reasons } from './clues.ts';
import { type FieldsRead, readFields } from './fields.ts';
import { isPhrase } from './forms.ts';
import { type Leaf, leavesOf, pointerOf } from './leaves.ts';
import { unfold } from './unfold.ts';
import { waitIn } from './waits.ts';

/** The reading of a body by its evidence, and the location of each part. */
export interface Reading {
  code: string | null;
  subcode: string | null;
  message: string | null;
  status: number | null;
  requestId: string | null;
  docs: string[];
  retryAfterMs: number | null;
  fields: Field[];
  parts: Parts;
  chosen: { code: Leaf | null; message: Leaf | null };
}

/** A lead smaller than this is close. */
const CLOSE = 1;

/**
 * Reads an error body of any shape by the names, forms and places of its parts.
 *
 * @param body the parsed value
 * @param status of the answer, where it is known
 */
export function readByEvidence(body: unknown, status: number | null): Reading {
  const value = unfold(body);
  const found: FieldsRead = readFields(value, status);
  const leaves = leavesOf(value, status, found.places);
  const {
    code,
    subcode,
    message,
    requestId,
    status: said,
    docs,
  } = assign(leaves, (status !== null && status >= 400) || isCodeAndSentence(leaves));
  const fields = found.fields.length > 0 ? found.fields : found.beside(leaves, message?.leaf ?? null);
  const parts: Parts = {};
  if (code !== null) parts.code = partOf(code, 'code', message?.leaf ?? null);
  if (message !== null) parts.message = partOf(message, 'message', null);
  if (requestId !== null) parts.requestId = partOf(requestId, 'requestId', null);
  if (said !== null) parts.status = partOf(said, 'status', null);
  return {
    code: code === null ? null : bareCode(code.leaf),
    subcode: subcode?.text ?? null,
    message: wordsOf(message?.leaf ?? null, found),
    status: said === null ? null : Number(said.leaf.text),
    requestId: requestId?.leaf.text ?? null,
    docs: docs.map(({ text }) => text),
    retryAfterMs: waitIn(leaves),
    fields,
    parts,
    chosen: { code: code?.leaf ?? null, message: message?.leaf ?? null },
  };
}

/** True for a list that is a code and what it means: `["ERROR_LOGIN", "Incorrect username or password"]`. */
const isCodeAndSentence = (leaves: Leaf[]): boolean =>
  leaves.length === 2 &&
  leaves.every(({ place }) => place.depth === 0 && Array.isArray(place.value)) &&
  leaves[0]?.form === 'constant' &&
  leaves[1]?.form === 'sentence';

/** The last part of a qualified name: `com.amazon.coral.service#Name`; in XML, that of a member of SOAP's faults. */
function bareCode({ text, name }: Leaf): string {
  const [, local] =
    /^[\w.]+#(\w+)$/.exec(text) ?? (QUALIFIED.test(name.said) ? (/^[\w-]+:([\w.]+)$/.exec(text) ?? []) : []);
  return local ?? text;
}

/** The names of SOAP's codes. */
const QUALIFIED = /^(?:fault code|code value|code|sub code)$/;

/** The text of the message. Rejected fields have messages of their own, which say more than the phrase of a status. */
function wordsOf(message: Leaf | null, { fields, isMap }: FieldsRead): string | null {
  if (message === null || (isMap && message.place.inFields))
    return fields.find(({ path }) => path === '')?.message ?? null;
  return isPhrase(message.text) ? (fields[0]?.message ?? message.text) : message.text;
}

function partOf(chosen: Chosen, role: 'code' | 'message' | 'requestId' | 'status', message: Leaf | null): Part {
  const beside = message !== null && chosen.leaf !== message && nearness(chosen.leaf, message) > 1;
  return {
    pointer: pointerOf(chosen.leaf),
    score: Math.round(chosen.score * 10) / 10,
    why: [...reasons(chosen.leaf, role), ...(beside ? ['beside the message'] : [])],
    rival: chosen.rival !== null && chosen.score - chosen.rivalScore < CLOSE ? pointerOf(chosen.rival) : null,
  };
}

/** Names and holders that say of a body that it is about an error. */
const OF_ERROR = /^(?:errors?|fault|exception|failure|problem|violations?)$/;

/**
 * Whether a reading is that of an error. With the status of one, any part is enough; without, a name has to say so:
 * `{"id": 7, "name": "fine"}` has what could be a code, and is none.
 */
export function isError({ code, message, fields, chosen }: Reading, status: number | null): boolean {
  if (fields.length > 0) return true;
  if (status !== null && status >= 400) return (code ?? message) !== null;
  const { code: coded, message: worded } = chosen;
  if (worded !== null && (worded.name.weights.message >= 2.5 || isOfError(worded))) return true;
  return (
    coded !== null &&
    (isOfError(coded) ||
      (coded.name.head === 'code' && (coded.form === 'constant' || isAlone(coded))) ||
      (worded !== null && isCodeAndSentence([coded, worded])))
  );
}

const isOfError = ({ name, place }: Leaf): boolean =>
  name.words.some((word) => OF_ERROR.test(word)) || place.name.words.some((word) => OF_ERROR.test(word));

/** Hardly anything in lower case may be beside a code that is all there is. */
const isAlone = ({ place, form }: Leaf): boolean => form === 'identifier' && Object.keys(place.value).length <= 2;
