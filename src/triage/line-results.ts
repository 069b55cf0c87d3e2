import { carriedLine } from '../input/carried.ts';
import { readJsonErrors } from '../input/json-errors.ts';
import { endpointPointers, type RecordFields, readRecord, sourceAt, timePointer } from '../input/log-record.ts';
import { readSavedErrors } from '../input/saved-error.ts';
import { valueAt } from '../json/pointer.ts';
import type { Exchange } from '../model/exchange.ts';
import type { SavedError } from '../model/saved-error.ts';
import type { Recoded } from './copied.ts';
import type { CountedError } from './counted-error.ts';
import type { Diagnoses } from './diagnoses.ts';
import { endpointOfRequest, parsed } from './line-facts.ts';
import { maskedKey } from './mask.ts';
import type { Learned, Results } from './shapes.ts';

/** The result of a line; `own` has the endpoint of each error unless the line has one place for it. */
export interface LineResult {
  errors: CountedError[];
  own: (string | null)[] | null;
  /** Why the line could not be read. */
  problem: string | null;
}

/** The result of a value that carries the line of a log: that line has to be read. */
export const CARRIED: LineResult = { errors: [], own: null, problem: null };

export const NOTHING: LineResult = { errors: [], own: null, problem: null };

/** At this size the cache of texts is cleared. */
const MOST_REMEMBERED = 2000;
/** Longer texts are hardly ever repeated. */
const LONGEST_REMEMBERED = 1024;

/** Reads lines as `explain` does, and finds the errors in them as they are counted. */
export class LineResults implements Results<LineResult> {
  private texts = new Map<string, LineResult>();

  /**
   * @param isTelling true for a word, in lower case, that a catalog knows as a code
   * @param byPath true if the path of a request may decide
   */
  constructor(
    private readonly diagnoses: Diagnoses,
    readonly isTelling: (word: string) => boolean,
    private readonly fields: RecordFields,
    private readonly byPath: boolean,
  ) {}

  isSame(text: string, { errors }: LineResult): boolean {
    const value = parsed(text);
    if (value === undefined) return false;
    const { result, exact } = this.ofJson(value, value, text, () => {});
    return !exact && result.errors.length === errors.length && result.errors.every((each, i) => each === errors[i]);
  }

  recoded(result: LineResult, recoded: Recoded, merged: boolean): LineResult {
    return { ...result, errors: result.errors.map((error) => this.diagnoses.recoded(error, recoded, merged)) };
  }

  /**
   * Reads a parsed line.
   *
   * @param value the value, which may record accesses
   * @param plain the value itself
   * @param all called when the text of the whole line is read
   */
  ofJson(value: unknown, plain: unknown, text: string, all: () => void): Learned<LineResult> {
    const { fields, byPath } = this;
    const time = timePointer(plain, fields);
    const line = this.hasNamed(plain) ? null : carriedLine(plain as object);
    if (line !== null) {
      return { result: CARRIED, exact: false, pointers: { time, line, method: null, url: null }, originOnly: false };
    }
    const isLog = readRecord(value, fields) !== null;
    const errors = readJsonErrors(
      value,
      () => {
        all();
        return text;
      },
      fields,
      // `readRecord` above has looked at it.
      (pointer) => sourceAt(text, pointer),
    );
    const { found, exact } = this.judged(errors);
    const endpoint = isLog ? endpointPointers(plain) : { method: null, url: null };
    const own = isLog && endpoint.url !== null ? null : found.map(({ exchange }) => endpointOfRequest(exchange));
    return {
      result: { errors: found.map(({ error }) => error), own, problem: null },
      exact: byPath || exact || own?.some((each) => each !== null) === true,
      pointers: { time, line, ...endpoint },
      originOnly: isLog && !byPath,
    };
  }

  /** Whether a value has a field that the user named. */
  private hasNamed(value: unknown): boolean {
    const { status, body } = this.fields;
    return [status, body].some((pointer) => pointer !== undefined && valueAt(value, pointer) !== undefined);
  }

  /** Reads a line that is not JSON. */
  ofText(text: string): LineResult {
    const key = text.length > LONGEST_REMEMBERED || this.byPath ? null : maskedKey(text);
    const known = key === null ? undefined : this.texts.get(key);
    if (known !== undefined) return known;
    let errors: SavedError[];
    try {
      errors = [...readSavedErrors(text, 'the line')];
    } catch {
      return { ...NOTHING, problem: 'not valid JSON' };
    }
    const { found, exact } = this.judged(errors);
    const own = found.map(({ exchange }) => endpointOfRequest(exchange));
    const result = { errors: found.map(({ error }) => error), own, problem: null };
    if (key === null || exact || own.some((endpoint) => endpoint !== null)) return result;
    if (this.texts.size >= MOST_REMEMBERED) this.texts.clear();
    this.texts.set(key, result);
    return result;
  }

  /** The errors in a line, as they were saved. */
  savedIn(value: unknown, text: string): Iterable<SavedError> {
    return typeof value === 'object' && value !== null
      ? readJsonErrors(value, () => text, this.fields)
      : readSavedErrors(text, 'the line');
  }

  private judged(errors: SavedError[]): { found: { error: CountedError; exchange: Exchange }[]; exact: boolean } {
    const found: { error: CountedError; exchange: Exchange }[] = [];
    let exact = false;
    for (const { exchange } of errors) {
      const judgement = this.diagnoses.judge(exchange);
      exact ||= judgement.exact;
      if (judgement.error !== null) found.push({ error: judgement.error, exchange });
    }
    return { found, exact };
  }
}
