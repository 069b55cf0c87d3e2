import type { StatusPattern } from '../../model/catalog.ts';
import { type Claim, push, saysSomething } from './claims.ts';
import { type RetryRuleSaid, ruleFor } from './rules.ts';

/** Everything that documents say about one error. */
export type Draft = Claim;

/**
 * Gathers claims to one draft per error: claims of the same code, or of the same status where none
 * has a code or a wording, are about the same error.
 */
export function gather(claims: Claim[], rules: RetryRuleSaid[]): Draft[] {
  const drafts: Draft[] = [];
  const byCode = new Map<string, Draft[]>();
  const add = (claim: Claim) => {
    drafts.push(claim);
    for (const code of claim.codes) byCode.set(fold(code), [...(byCode.get(fold(code)) ?? []), claim]);
  };
  const ofAny = claims.filter(({ operations }) => operations.length === 0);
  for (const claim of ofAny.filter(({ applies }) => !applies)) {
    const rest = joined(claim, drafts, byCode);
    if (rest !== null) add(copyOf(rest));
  }
  drafts.push(...claims.filter(({ operations }) => operations.length > 0).map(copyOf));
  for (const claim of ofAny.filter(({ applies }) => applies)) {
    const fitting = drafts.filter((draft) => speaksOf(claim, draft));
    for (const draft of fitting) take(draft, claim);
    if (drafts.length === 0 || (fitting.length === 0 && claims.every(({ applies }) => applies))) add(copyOf(claim));
  }
  for (const draft of drafts) {
    const rule = draft.retry === null ? ruleFor(rules, draft.statuses) : undefined;
    if (rule !== undefined) draft.retry = { advice: rule.advice, reason: rule.reason };
  }
  return drafts;
}

const fold = (code: string): string => code.toLowerCase();

const copyOf = (claim: Claim): Draft => ({
  ...claim,
  statuses: [...claim.statuses],
  codes: [...claim.codes],
  cause: [...claim.cause],
  causes: [...claim.causes],
  resolution: [...claim.resolution],
  messages: [...claim.messages],
  examples: [...claim.examples],
});

/** Adds a claim to the drafts that it speaks of; what is left of it, or null. */
function joined(claim: Claim, drafts: Draft[], byCode: Map<string, Draft[]>): Claim | null {
  if (claim.codes.length > 0) {
    // A code of which nothing is said but its statuses is one error, whatever those are.
    const bare = saysSomething(claim) ? undefined : bareOf(claim, byCode);
    if (bare !== undefined) {
      for (const status of claim.statuses) if (!bare.statuses.includes(status)) bare.statuses.push(status);
      return null;
    }
    const known = claim.codes.filter((code) => fitting(claim, byCode.get(fold(code)) ?? []).length > 0);
    for (const draft of new Set(known.flatMap((code) => fitting(claim, byCode.get(fold(code)) ?? []))))
      take(draft, claim);
    const left = claim.codes.filter((code) => !known.includes(code));
    return left.length === 0 ? null : { ...claim, codes: left };
  }
  if (claim.messages.length > 0) {
    const same = drafts.find(
      (draft) =>
        overlaps(draft, claim) &&
        draft.messages.some((message) => claim.messages.some((own) => plain(own) === plain(message))),
    );
    if (same !== undefined) {
      take(same, claim);
      return null;
    }
    return claim;
  }
  // "400 bad_request" repeats a code that only looks like words.
  const word = claim.title?.replaceAll('`', '');
  const named = word === undefined || /\s/.test(word) ? [] : fitting(claim, byCode.get(fold(word)) ?? []);
  if (named.length > 0) {
    for (const draft of named) take(draft, { ...claim, title: null });
    return null;
  }
  const left = claim.statuses.filter((status) => {
    const same = drafts.find(
      (draft) => draft.codes.length === 0 && draft.messages.length === 0 && draft.statuses.includes(status),
    );
    if (same === undefined) return true;
    take(same, claim);
    return false;
  });
  return left.length === 0 ? null : { ...claim, statuses: left };
}

/** The draft of the same codes of which nothing is said. */
function bareOf({ codes, subcodes }: Claim, byCode: Map<string, Draft[]>): Draft | undefined {
  const same = (byCode.get(fold(codes[0] ?? '')) ?? []).filter(
    (draft) => draft.codes.join() === codes.join() && draft.subcodes.join() === subcodes.join(),
  );
  return same.find((draft) => !saysSomething(draft));
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const overlaps = (draft: Draft, { statuses }: Claim): boolean =>
  statuses.length === 0 ||
  draft.statuses.length === 0 ||
  draft.statuses.some((status) => statuses.includes(status) || statuses.includes(classOf(status)));

const classOf = (status: StatusPattern): StatusPattern => `${String(status)[0]}xx` as StatusPattern;

/** The drafts of a code that a claim is about: the same wording or none, and statuses that agree. */
function fitting(claim: Claim, drafts: Draft[]): Draft[] {
  const said = claim.messages.length > 0 ? claim.messages : claim.examples.flatMap(({ message }) => message ?? []);
  const same = drafts.filter(
    (draft) =>
      overlaps(draft, claim) && draft.messages.some((message) => said.some((own) => plain(own) === plain(message))),
  );
  if (same.length > 0) return same;
  return drafts.filter((draft) => {
    if (!overlaps(draft, claim)) return false;
    if (claim.subcodes.join() !== draft.subcodes.join()) return false;
    if (claim.messages.length === 0)
      return draft.messages.length === 0 || !drafts.some(({ messages }) => messages.length === 0);
    return draft.messages.length === 0
      ? isSole(claim)
      : draft.messages.some((message) => claim.messages.some((own) => plain(own) === plain(message)));
  });
}

/** A column of messages describes the code; only what is read from bodies tells wordings apart. */
const isSole = ({ examples, cause, resolution }: Claim): boolean =>
  examples.length === 0 || cause.length + resolution.length === 0;

/** Whether a claim that only applies speaks of a draft. */
function speaksOf(claim: Claim, draft: Draft): boolean {
  if (claim.codes.length > 0) return draft.codes.some((code) => claim.codes.some((own) => fold(own) === fold(code)));
  return draft.statuses.some((status) => claim.statuses.includes(status) || claim.statuses.includes(classOf(status)));
}

/** Adds what a claim says to a draft. */
function take(draft: Draft, claim: Claim): void {
  for (const status of claim.statuses) {
    if (claim.applies || claim.codes.length === 0) break;
    if (
      !draft.statuses.includes(status) &&
      !(typeof status === 'string' && draft.statuses.some((own) => classOf(own) === status))
    )
      draft.statuses.push(status);
  }
  if (draft.title === null) draft.title = claim.title;
  else if (claim.title !== null && !claim.applies && plain(claim.title) !== plain(draft.title))
    push(draft.causes, claim.title);
  for (const text of claim.cause) push(draft.cause, text);
  for (const text of claim.causes) push(draft.causes, text);
  for (const text of claim.resolution) push(draft.resolution, text);
  for (const message of claim.messages) if (draft.messages.length > 0) push(draft.messages, message);
  if (draft.examples.length === 0) draft.examples.push(...claim.examples);
  if (claim.applies || draft.retry === null) draft.retry = claim.retry ?? draft.retry;
  draft.doubt ??= claim.doubt;
}
