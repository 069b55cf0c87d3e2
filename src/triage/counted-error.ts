import { BY_LEVEL } from '../diagnosis/describe-reading.ts';
import { isRecognized } from '../diagnosis/diagnose.ts';
import { statusPhrases } from '../diagnosis/status.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { Advice } from '../model/words.ts';
import { masked } from './mask.ts';
import type { Cell, Kind } from './table.ts';

/** One error as it is counted. */
export interface CountedError {
  kind: Kind;
  advice: Advice;
  /** The cell that counted it last, by endpoint. */
  cells: Map<string | null, CachedCell>;
  /** The same error with other codes. */
  others: Map<string, CountedError>;
}

/** A cell, and the generation of the table that it belongs to. */
interface CachedCell {
  cell: Cell;
  generation: number;
}

/** Longer texts are truncated. */
const LONGEST = 200;

/**
 * The facts of a diagnosis that count; null for no error. Successes and redirects are no errors
 * unless the body says so.
 *
 * @param redact removes secrets from a text; it needs the whole text
 */
export function countedErrorOf(diagnosis: Diagnosis, redact: (text: string) => string): CountedError | null {
  const { id, api, status, category, title } = diagnosis;
  const succeeded = status !== null && status < 400;
  if (succeeded ? id === null || category === 'redirect' : !isRecognized(diagnosis)) return null;
  // A documented entry is one error, whatever else came with it.
  const alone = id !== null && diagnosis.documented;
  return {
    kind: {
      id,
      api,
      status: alone ? null : status,
      // A code that only repeats the status adds nothing.
      code:
        alone || statusPhrases(status).includes(diagnosis.code?.toLowerCase() ?? '')
          ? null
          : cut(diagnosis.code, redact),
      // All lines that are errors by their level only are one group.
      words: id === null && !isByLevel(diagnosis) ? cut(diagnosis.message, (text) => wordsOf(redact(text))) : null,
      category,
      title: id === null ? title : '',
    },
    advice: diagnosis.retry.advice,
    cells: new Map(),
    others: new Map(),
  };
}

/** True for a line of a log of which nothing is known but its level. */
function isByLevel({ envelope, status, code }: Diagnosis): boolean {
  return envelope === BY_LEVEL && status === null && code === null;
}

function wordsOf(message: string): string {
  return masked(message).replaceAll(/\d+/g, '0');
}

/** A text without secrets, truncated. */
export function cut(text: string | null, redact: (text: string) => string): string | null {
  if (text === null) return null;
  const harmless = redact(text);
  return harmless.length <= LONGEST ? harmless : `${harmless.slice(0, LONGEST)}…`;
}
