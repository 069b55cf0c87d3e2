import { statusOfPhrase } from '../../diagnosis/status.ts';
import type { StatusPattern } from '../../model/catalog.ts';
import type { Advice } from '../../model/words.ts';
import { withoutEnds } from '../../text/ends.ts';
import { adviceIn, isAboutRetry, isInstruction, sentencesOf } from './advice.ts';
import type { BodyExample } from './example.ts';
import { subjectOf } from './subject.ts';
import { byLabels } from './vocabulary.ts';

/** The words of a document on trying again. */
export interface SaidOnRetry {
  advice: Advice;
  /** The sentence that says so. */
  reason: string;
  /** True for a fact from which the advice follows; an instruction replaces it. */
  isWeak?: boolean;
}

/** An operation of an API: `POST /crates/{id}`, and the ID that its document gives it. */
export interface Operation {
  name: string;
  id: string | null;
}

/** The facts about an error that one place of a document states. */
export interface Claim {
  statuses: StatusPattern[];
  codes: string[];
  subcodes: string[];
  /** Wordings of the error by which entries of one status or code are told apart. */
  messages: string[];
  title: string | null;
  cause: string[];
  causes: string[];
  resolution: string[];
  retry: SaidOnRetry | null;
  examples: BodyExample[];
  /** The operations that it is about, `POST /crates/{id}`; empty for any. */
  operations: string[];
  /** The operations in which a document says it. */
  saidOf: Operation[];
  /** The heading above, and the anchor or the pointer of the place. */
  section: string;
  anchor: string | null;
  /** The key of the document in the catalog. */
  doc: string;
  /** True for what speaks of errors that other places document: it is applied, but adds no entry. */
  applies: boolean;
  /** True if a person should look at it, and why. */
  doubt: string | null;
}

/** A claim that says nothing yet. */
export function newClaim(section: string, anchor: string | null = null): Claim {
  return {
    ...{ statuses: [], codes: [], subcodes: [], messages: [], title: null, cause: [], causes: [], resolution: [] },
    ...{ operations: [], saidOf: [] },
    ...{ retry: null, examples: [], section, anchor, doc: 'page', applies: false, doubt: null },
  };
}

/** The role of a text, or null for one whose sentences decide. */
export type TextRole = 'cause' | 'resolution' | 'retry' | 'message' | 'meaning' | null;

/** Adds a text to a claim: labels and the form of its sentences say what is a cause and what a resolution. */
export function addText(claim: Claim, text: string, role: TextRole = null, isColumn = false): void {
  for (const part of byLabels(text)) {
    if (part.role === 'status') {
      const { statuses, rest } = subjectOf(part.text);
      for (const status of statuses) if (!claim.statuses.includes(status)) claim.statuses.push(status);
      if (statuses.length === 0 || rest.split(/\s+/).length > 6) addPart(claim, part.text, role, isColumn);
    } else if (part.role === 'code') {
      // The section's subject has the code.
      addPart(claim, part.text.split('\n').slice(1).join('\n'), role, isColumn);
    } else addPart(claim, part.text, part.role ?? role, isColumn && part.role === null);
  }
}

function addPart(claim: Claim, text: string, role: TextRole, isColumn: boolean): void {
  if (role === 'message') {
    for (const line of text.split('\n')) claim.messages.push(withoutEnds(line, /[•\s"“`]/, /["”`]/));
    return;
  }
  if (role === 'retry') {
    const advice = adviceIn(text, claim.statuses, true);
    if (advice !== null) claim.retry ??= { advice, reason: text };
    if (text.split(/\s+/).length > 3 && !/^(?:yes|no|sometimes)\b[^,.;:–—-]*$/i.test(text)) {
      for (const sentence of sentencesOf(text))
        if (isInstruction(afterVerdict(sentence))) push(claim.resolution, afterVerdict(sentence));
    }
    return;
  }
  for (const [i, sentence] of sentencesOf(text).flatMap(apartAtDash).entries()) {
    const isStep = role === 'resolution' || ((role !== 'cause' || i > 0) && isInstruction(sentence));
    if (isStep) push(claim.resolution, sentence);
    else if (role === 'cause') push(claim.causes, sentence);
    else push(claim.cause, sentence);
    const isOpen = claim.retry === null || (claim.retry.isWeak === true && isStep);
    if (isOpen && (isColumn || isStep || role === null || role === 'meaning') && isAboutRetry(sentence)) {
      const advice = adviceIn(sentence, isOnLimit(claim) ? [429] : claim.statuses);
      if (advice !== null) claim.retry = { advice, reason: sentence, isWeak: !isStep };
    } else if (isOpen && isOnLimit(claim)) {
      const advice = adviceIn(sentence, [429]);
      if (advice !== null) claim.retry = { advice, reason: sentence, isWeak: !isStep };
    }
  }
}

/** A sentence as two where a step follows a dash: `No lid -- Please close it`. */
function apartAtDash(sentence: string): string[] {
  const found = /\s(?:--+|—|–)\s(?=\p{Lu}|please )/u.exec(sentence);
  if (found === null) return [sentence];
  const [said, step] = [sentence.slice(0, found.index), sentence.slice(found.index + found[0].length)];
  return isInstruction(step) ? [said, step] : [sentence];
}

/** Whether an error is about too many requests, by its status or its words. */
function isOnLimit({ statuses, codes, title, cause }: Claim): boolean {
  return statuses.length > 0
    ? statuses.includes(429)
    : /rate.?limit|limit.?exceeded|too.many.requests|throttl/i.test([...codes, title, ...cause].join(' '));
}

/** `Yes, with backoff` without its first word. */
const afterVerdict = (text: string): string => text.replace(/^(?:yes|no|true|false)\b[\s,.;:–—-]*/i, '');

/** The most sentences of a kind on one error; a page with more is not documentation of it. */
const MOST_SENTENCES = 300;

/** A name that says why is the cause of an error of which nothing else is said. */
export function nameAsCause({ title, cause, causes }: Claim): void {
  if (title !== null && cause.length === 0 && causes.length === 0 && statusOfPhrase(title) === null) push(cause, title);
}

/** Adds a text that is not there yet, up to a limit. */
export function push(list: string[], text: string): void {
  if (list.length >= MOST_SENTENCES) return;
  const plain = text.trim();
  if (plain !== '' && !list.some((known) => known.toLowerCase() === plain.toLowerCase())) list.push(plain);
}

/** Whether a claim says anything beyond its name. */
export function saysSomething({ cause, causes, resolution, retry, examples, title, messages }: Claim): boolean {
  return (
    cause.length + causes.length + resolution.length + examples.length + messages.length > 0 ||
    retry !== null ||
    title !== null
  );
}
