import { FIT } from './forms.ts';
import type { Leaf } from './leaves.ts';
import type { Role } from './names.ts';

/** The weight that rules a leaf out for a role. */
export const NEVER = -20;

/** A leaf below the fields of the request speaks of a field, not of the error. */
const IN_FIELDS: Partial<Record<Role, number>> = { message: -5, code: -4 };

/** A token where a sentence is expected is a code: `"message": "INVALID_ARG_LONG_URL"`, `"msg": "api.err.Invalid"`. */
const TOKEN_IN_WORDS = 2.5;

/** A sentence under the name of a code or of a status: `"code": "The token has expired"`. */
const SENTENCE_IN_CODE = 1;
const speaksOfError = ({ weights }: Leaf['name']): boolean => weights.code >= 4 || weights.status >= 3;

/** How much speaks for a leaf in a role, by itself: its name, the form of its value, and its place. */
export function support(leaf: Leaf, role: Exclude<Role, 'wait'>): number {
  const { name, form, place } = leaf;
  const byName = supportByName(leaf, role);
  if (byName === 0) return NEVER;
  // Errors by number are codes, not occurrences; so are identifiers of errors that are words.
  if (role === 'requestId' && form === 'integer' && name.words.includes('error') && !name.words.includes('report'))
    return NEVER;
  if (role === 'requestId' && form !== 'id' && name.head === 'identifier') return NEVER;
  if (role === 'status' && !isOfAnswer(leaf)) return NEVER;
  if (role === 'code' ? isNoCode(leaf) : role === 'message' && name.noise) return NEVER;
  const isType = role === 'code' && name.said === 'type' && (form === 'url' || form === 'path');
  return (
    byName +
    FIT[role][form] +
    (isType ? PROBLEM_TYPE : 0) +
    (role === 'requestId' && name.said === 'request' && form === 'id' ? NAMED_REQUEST : 0) +
    (role === 'requestId' && name.head === 'instance' && OCCURRENCE.test(leaf.text) ? (form === 'path' ? 3 : 2) : 0) +
    place.weight +
    (place.inFields ? (IN_FIELDS[role] ?? 0) : 0)
  );
}

/** How much the name of a leaf speaks for a role, if need be together with the form of its value. */
function supportByName({ name, form, text }: Leaf, role: Role): number {
  const own = name.weights[role];
  if (role === 'message') return form === 'sentence' && speaksOfError(name) ? Math.max(own, SENTENCE_IN_CODE) : own;
  if (role !== 'code' || own >= TOKEN_IN_WORDS || name.weights.message < 3) return own;
  const isToken = form === 'constant' || (form === 'identifier' && /[._:]/.test(text));
  return isToken ? TOKEN_IN_WORDS : own;
}

/** Under `request` an id is that of the request; anything else repeats the request. */
const NAMED_REQUEST = 1.5;

/** RFC 9457, section 3.1.1: under `type` a URL or a path names the problem. */
const PROBLEM_TYPE = 2;

/** RFC 9457, section 3.1.5: a URI of the occurrence, if it is no location: `acme:trace:1234567890`. */
const OCCURRENCE =
  /^[a-z][a-z\d+.-]{1,20}:(?!\/\/)\S*\d|\/[\w-]{0,20}(?:error|instance|occurrence|incident|trace)[\w-]{0,20}\/(?=[\w-]{0,60}\d)[\w-]{6,60}$/;

/** The form that tells without a name, in any language: a sentence, a constant. */
const TELLING: Partial<Record<Role, Leaf['form']>> = { message: 'sentence', code: 'constant' };

/** How much speaks for a leaf in a role if its name says nothing: the form of its value, and its place. */
export function supportByForm(leaf: Leaf, role: 'message' | 'code'): number {
  const { name, form, place } = leaf;
  if (form !== TELLING[role] || name.noise) return NEVER;
  // A sentence under the name of an id or of a key is neither.
  if (role === 'code' ? !name.isNeutral : name.weights.message > 0) return NEVER;
  if (role === 'code' && place.inFields) return NEVER;
  return FIT[role][form] + place.weight;
}

/** How much speaks for a sentence under a name that says nothing of an error, where nothing else is said. */
export function supportOfLast(leaf: Leaf, role: 'message'): number {
  const { name, form, place } = leaf;
  return form === TELLING[role] && name.noise && !/stack|trace/.test(name.said)
    ? FIT[role][form] + place.weight
    : NEVER;
}

/** False for the status of one item of a list, which is not that of the answer. */
function isOfAnswer({ place }: Leaf): boolean {
  for (let at: Leaf['place'] | null = place; at !== null; at = at.parent)
    if (Array.isArray(at.value) && (at.parent !== null || at.value.length > 1) && !at.name.words.includes('errors'))
      return false;
  return true;
}

function isNoCode({ name, form, place, text }: Leaf): boolean {
  if (name.noise) return true;
  // "500 Internal Server Error" repeats the status.
  if (form === 'phrase' && /^\d/.test(text)) return true;
  const isNumber = form === 'status' || form === 'statuslike' || form === 'integer';
  // A member named status that holds one is the status, never the code; no answer ends with one of 1xx.
  if (isNumber && (name.head === 'http' || name.words.includes('status')) && isFinalStatus(text)) return true;
  // The number of a thing is none of an error, but a short one in an error is one from a list of errors.
  const isListed = name.words.includes('error') || (text.length < 6 && /^(?:errors?|messages)$/.test(place.name.head));
  if (name.head === 'id' && isNumber && !isListed) return true;
  // A member that is an id by name and form is no code.
  if (name.said === 'id' && form === 'other') return true;
  // A class of the program, and none of an error.
  if (name.said === 'class' && /^[A-Z]\w*\.\w/.test(text) && !/(?:Error|Exception|Fault)$/.test(text)) return true;
  // A title that is a phrase of several words heads the message.
  if (name.head === 'title' && form === 'phrase' && text.includes(' ')) return true;
  // Zero is what says that all is well, or, under a status, that it is not.
  if (text === '0' && name.head === 'status') return true;
  // RFC 9457, section 4.2.1: about:blank says no more than the status.
  return text === 'about:blank' || (form === 'url' && OF_STATUS.test(text)) || (place.inFields && name.head === 'name');
}

/** Under `type`, the section of the RFC that defines all statuses, which says no more than the status. */
const OF_STATUS = /^https?:\/\/www\.w3\.org\/Protocols\/rfc2616\/rfc2616-sec10\.html/i;

const isFinalStatus = (text: string): boolean => text.length === 3 && text >= '200' && text < '600';

/** Reasons in words, for people. */
export function reasons(leaf: Leaf, role: Exclude<Role, 'wait'>): string[] {
  return [
    ...(leaf.name.weights[role] >= 2 ? ['its name'] : []),
    ...(FIT[role][leaf.form] > 0 ? ['its form'] : []),
    ...(leaf.place.weight > 0 ? ['its place'] : []),
  ];
}
