import { NEVER, support, supportByForm, supportOfLast } from './clues.ts';
import { type Container, type Leaf, pointerOf } from './leaves.ts';
import type { Role } from './names.ts';

type Told = Exclude<Role, 'wait'>;

/** The least that has to speak for a leaf in each role. */
const FLOORS: Record<Told, number> = { message: 1.5, code: 1.8, requestId: 3.2, status: 3.5, docs: 4 };

/** The lower floor for a message if nothing else reads like one. */
const LOWEST_MESSAGE = -1.2;

/** How standing near the message speaks for a code. */
const SAME_RECORD = 1.2;
const SAME_BRANCH = 0.4;
const ELSEWHERE = -0.8;
/** A text is a message rather than a code, so that what serves as the one is hardly the other. */
const BOTH = -2.5;

/** A leaf in its role, and what came second. */
export interface Chosen {
  leaf: Leaf;
  score: number;
  rival: Leaf | null;
  rivalScore: number;
}

export interface Assignment {
  message: Chosen | null;
  code: Chosen | null;
  /** A member beside the code that subdivides it. */
  subcode: Leaf | null;
  requestId: Chosen | null;
  status: Chosen | null;
  docs: Leaf[];
}

/**
 * Gives each leaf at most one role: the message first, the code near it, then ids and links.
 *
 * @param isFailure true if the status says that it failed; then a form can tell without a name
 */
export function assign(leaves: Leaf[], isFailure: boolean): Assignment {
  const byForm = (role: 'message' | 'code') =>
    isFailure ? best(leaves, role, LOWEST_MESSAGE, () => 0, supportByForm) : null;
  const named = best(leaves, 'message', FLOORS.message);
  const message =
    (named === null || !isFailure ? named : fullerThan(named, leaves)) ??
    best(leaves, 'message', LOWEST_MESSAGE) ??
    byForm('message') ??
    (isFailure ? best(leaves, 'message', FLOORS.message, () => 0, supportOfLast) : null);
  const code = best(leaves, 'code', FLOORS.code, (leaf) => nearness(leaf, message?.leaf ?? null)) ?? byForm('code');
  // A text that only serves as both is the code; then there is no message.
  return {
    message,
    code,
    subcode: code === null ? null : subdivision(leaves, code.leaf),
    requestId: best(leaves, 'requestId', FLOORS.requestId, (leaf) => (leaf === code?.leaf ? NEVER : 0)),
    status: best(leaves, 'status', FLOORS.status),
    docs: leaves.filter((leaf) => support(leaf, 'docs') >= FLOORS.docs),
  };
}

/** Where the message is no more than the phrase of a status or a code, a sentence under any name beside it says more. */
function fullerThan(named: Chosen, leaves: Leaf[]): Chosen {
  if (!/^(?:phrase|constant|identifier)$/.test(named.leaf.form)) return named;
  const beside = leaves.filter(({ place }) => place === named.leaf.place);
  return best(beside, 'message', FLOORS.message, () => 0, supportByForm) ?? named;
}

/** The member that subdivides a code: one beside it, or further in, that is called so. */
function subdivision(leaves: Leaf[], code: Leaf): Leaf | null {
  const found = leaves.find(
    (leaf) =>
      leaf.name.subdivides &&
      /^\S{1,80}$/.test(leaf.text) &&
      leaf.text !== code.text &&
      isWithin(leaf.place, code.place),
  );
  return found ?? null;
}

/** The leaf with most support above a floor; of equals the one nearest the top. */
function best<R extends Told>(
  leaves: Leaf[],
  role: R,
  floor: number,
  more: (leaf: Leaf) => number = () => 0,
  supportOf: (leaf: Leaf, role: R) => number = support,
): Chosen | null {
  let chosen = null as Chosen | null;
  for (const leaf of leaves) {
    const own = supportOf(leaf, role);
    if (own <= NEVER / 2) continue;
    const score = own + more(leaf);
    if (score <= floor) continue;
    if (chosen === null || score > chosen.score || (score === chosen.score && isBefore(leaf, chosen.leaf))) {
      chosen = { leaf, score, rival: chosen?.leaf ?? null, rivalScore: chosen?.score ?? 0 };
    } else if (chosen.rival === null || score > chosen.rivalScore) {
      chosen.rival = leaf;
      chosen.rivalScore = score;
    }
  }
  return chosen;
}

/** Ties go to the name that comes first, so that the order of members does not matter. */
function isBefore(leaf: Leaf, other: Leaf): boolean {
  return leaf.key === other.key ? pointerOf(leaf) < pointerOf(other) : leaf.key < other.key;
}

/** How the place of a leaf relates to that of the message. */
export function nearness(leaf: Leaf, message: Leaf | null): number {
  if (message === null) return 0;
  if (leaf === message) return leaf.form === 'constant' || leaf.form === 'identifier' ? SAME_RECORD : BOTH;
  if (leaf.place === message.place) return SAME_RECORD;
  return isWithin(leaf.place, message.place) || isWithin(message.place, leaf.place) ? SAME_BRANCH : ELSEWHERE;
}

function isWithin(inner: Container, outer: Container): boolean {
  for (let at: Container | null = inner; at !== null; at = at.parent) if (at === outer) return true;
  return false;
}
