import { carriedFrom, carriedLine, carriedText, carriersIn } from '../input/carried.ts';
import { isLogged, type RecordFields, requestIdIn } from '../input/log-record.ts';
import type { LineTaker } from '../input/split-lines.ts';
import { stringify } from '../json/stringify.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { Exchange } from '../model/exchange.ts';
import { once } from '../text/once.ts';
import { ByteMap, Key } from './byte-map.ts';
import { type CountedError, countedErrorOf } from './counted-error.ts';
import { Diagnoses } from './diagnoses.ts';
import { endpointText, LONGEST_ENDPOINT, writeEndpoint, writeMethod } from './endpoint.ts';
import { endpointAt, isBlank, orderOf, parsed, timeAt } from './line-facts.ts';
import { CARRIED, type LineResult, LineResults, NOTHING } from './line-results.ts';
import { Shapes } from './shapes.ts';
import { type Cell, isWanted, keepSample, MOST_SAMPLES, type Sample, type Table } from './table.ts';
import { addUnreadable, type LineCounts, type Tally } from './tally.ts';
import { timeOf, timeOfLine } from './time.ts';

/** The dependencies and options of a reader. */
export interface LogReaderOptions {
  /** Diagnoses one error, as `explain` does. */
  diagnose(exchange: Exchange): Diagnosis;
  /** Removes secrets from a text. */
  redact(text: string): string;
  /** Hides a possible start of a secret at the end of a truncated text. */
  hideCut(text: string): string;
  /** True for a word, in lower case, that a catalog knows as a code. */
  isKnownWord(word: string): boolean;
  /** True if a catalog tells operations apart: then the path of a request may decide. */
  byPath: boolean;
  fields: RecordFields;
  /** Lines outside this span or without a time are skipped; milliseconds since 1970. */
  since: number | null;
  until: number | null;
}

/** The result of a line, with its time and endpoint. */
interface LineRead {
  result: LineResult;
  at: number | null;
  endpoint: string | null;
  /** The line that the one given carried. */
  line?: Buffer;
}

/** The most characters of a message or a line to show. */
const LONGEST_SAMPLE = 100;
/** The most bytes of an unreadable line to look at. */
const LONGEST_UNREAD = 400;
type Details = Pick<Sample, 'requestId' | 'message'>;

interface SampledError {
  kind: CountedError['kind'];
  details: Details;
}

interface SampledLine {
  order: number;
  isLong: boolean;
  /** Copies the line, and gives what reads its errors. */
  kept: () => () => SampledError[];
}

/** Keeps the line as an example of an error in it, if it is one of the first. */
function sample(cell: Cell, { kind }: CountedError, { order, isLong, kept }: SampledLine, at: number | null): void {
  if (!isWanted(cell.samples, { at, order })) return;
  const errors = kept();
  const read = (): Sample => {
    const found = errors().find((one) => one.kind.id === kind.id && one.kind.status === kind.status);
    return { at, order, ...(found?.details ?? { requestId: null, message: null }) };
  };
  keepSample(cell.samples, isLong ? read() : { at, order, read });
}

/** Longer lines become samples at once, so that the line itself need not be kept. */
const LONGEST_KEPT = 1024;
/** At this size the caches are cleared. */
const MOST_REMEMBERED = 2000;

/** Reads lines of logs and counts the errors in them. */
export class LogReader implements LineTaker {
  private readonly table: Table;
  private readonly counts: LineCounts;
  private readonly shapes: Shapes<LineResult>;
  private readonly diagnoses: Diagnoses;
  private readonly results: LineResults;
  private readonly endpoints = new ByteMap<string>();
  private readonly place = new Key(LONGEST_ENDPOINT);

  /** @param tally receives the counts */
  constructor(
    private readonly tally: Tally,
    private readonly options: LogReaderOptions,
  ) {
    this.table = tally.table;
    this.counts = tally.counts;
    this.diagnoses = new Diagnoses(options.diagnose, options.redact, options.isKnownWord);
    this.results = new LineResults(this.diagnoses, options.isKnownWord, options.fields, options.byPath);
    this.shapes = new Shapes(this.results, () => this.table.mergesCodes);
  }

  /** Reads one line of UTF-8, without its line break. */
  line(bytes: Buffer, begin: number, finish: number, isUtf8: boolean): void {
    if (!isUtf8) this.counts.notUtf8++;
    let [from, to] = [begin, finish];
    while (to > from && isBlank(bytes[to - 1] as number)) to--;
    // A log truncated while it was being written starts with NUL bytes.
    while (from < to && isBlank(bytes[from] as number)) from++;
    if (from === to) return;
    const read = this.read(bytes, from, to);
    if (read === null) return;
    this.counts.lines++;
    const { line } = read;
    if (line === undefined) this.count(read, bytes, from, to);
    else this.count(read, line, 0, line.length);
  }

  /** Null for a list of lines, which are counted one by one. */
  private read(bytes: Buffer, from: number, to: number): LineRead | null {
    const { shapes } = this;
    const isJson = bytes[from] === 0x7b || bytes[from] === 0x5b;
    const known = isJson ? shapes.find(bytes, from, to) : undefined;
    if (known === CARRIED) return this.readCarried(bytes, from, to);
    if (known !== undefined) {
      return {
        result: known,
        at: this.timeIn(bytes),
        endpoint: known.errors.length === 0 ? null : this.endpointIn(bytes),
      };
    }

    const text = bytes.toString('utf8', from, to);
    if (text.includes('\0')) return problem('NUL bytes');
    const value = isJson ? parsed(text) : undefined;
    if (typeof value !== 'object' || value === null) return this.readText(text);
    const carriers = carriersIn(value);
    if (carriers !== null) {
      for (const carrier of carriers) {
        const line = Buffer.from(stringify(carrier) ?? '');
        this.line(line, 0, line.length, true);
      }
      return null;
    }
    try {
      const result = shapes.learn(bytes, from, to, value, (seen, all) => this.results.ofJson(seen, value, text, all));
      if (result === CARRIED) return this.readCarried(bytes, from, to, value);
      const { time, url } = shapes.places;
      return {
        result,
        at: time >= 0 ? this.timeIn(bytes) : timeAt(value, this.options.fields),
        endpoint: url >= 0 ? this.endpointIn(bytes) : endpointAt(value),
      };
    } catch (error) {
      if (error instanceof RangeError) return problem('nested too deeply');
      throw error;
    }
  }

  /** Reads a line that is not JSON, or at whose end a program's own record begins. */
  private readText(text: string): LineRead | null {
    const from = carriedFrom(text);
    if (from >= 0 && isLogged(parsed(text.slice(from)))) return this.readInner(text.slice(from), timeOfLine(text));
    return { result: this.results.ofText(text), at: timeOfLine(text), endpoint: null };
  }

  /** Reads the line that a value of JSON carries. */
  private readCarried(bytes: Buffer, from: number, to: number, given?: object): LineRead | null {
    const { places, leaves } = this.shapes;
    const { line, time } = places;
    const at = this.timeIn(bytes);
    if (line >= 0 && (time >= 0 || given === undefined)) {
      return this.readInner(JSON.parse(bytes.toString('utf8', leaves.starts[line], leaves.ends[line])) as string, at);
    }
    const value = given ?? (parsed(bytes.toString('utf8', from, to)) as object);
    return this.readInner(carriedText(value, carriedLine(value) ?? ''), at ?? timeAt(value, this.options.fields));
  }

  /** Reads a line within another, whose time it has unless it tells its own. */
  private readInner(text: string, at: number | null): LineRead | null {
    const line = Buffer.from(text.trim());
    const read = line.length === 0 ? { result: NOTHING, at, endpoint: null } : this.read(line, 0, line.length);
    return read === null ? null : { ...read, at: read.at ?? at, line: read.line ?? line };
  }

  /** Counts a line that is too long to be read. */
  tooLong(beginning: string): void {
    this.counts.lines++;
    this.unread('too long', beginning);
  }

  private count({ result, at, endpoint }: LineRead, bytes: Buffer, from: number, to: number): void {
    const { errors, own, problem } = result;
    const { since, until } = this.options;
    if ((since !== null && !(at !== null && at >= since)) || (until !== null && !(at !== null && at <= until))) {
      this.counts.outside++;
      return;
    }
    if (problem !== null) {
      this.unread(problem, bytes.toString('utf8', from, Math.min(to, from + LONGEST_UNREAD)));
      return;
    }
    if (errors.length === 0) {
      this.counts.clean++;
      return;
    }
    this.counts.failed++;
    let line: SampledLine | null = null;
    for (let i = 0; i < errors.length; i++) {
      const error = errors[i] as CountedError;
      const cell = this.cellOf(error, own === null ? endpoint : (own[i] ?? null));
      this.table.count(cell, at, error.advice);
      const latest = cell.samples[MOST_SAMPLES - 1];
      if (latest === undefined || at === null || latest.at === null || at <= latest.at) {
        line ??= this.sampledLine(bytes, from, to);
        sample(cell, error, line, at);
      }
    }
  }

  private cellOf(error: CountedError, endpoint: string | null): Cell {
    const { cells } = error;
    const known = cells.get(endpoint);
    if (known !== undefined && known.generation === this.table.generation) return known.cell;
    const cell = this.table.cell(error.kind, endpoint);
    if (cells.size >= MOST_REMEMBERED) cells.clear();
    cells.set(endpoint, { cell, generation: this.table.generation });
    return cell;
  }

  /** A line may have thousands of errors, so what samples need of it is found once for all of them. */
  private sampledLine(bytes: Buffer, from: number, to: number): SampledLine {
    const kept = once(() => {
      const line = Buffer.from(bytes.subarray(from, to));
      return once(() => this.errorsIn(line.toString()));
    });
    return { order: orderOf(bytes, from, to), isLong: to - from > LONGEST_KEPT, kept };
  }

  /** The errors of a line, each with its request id and message. */
  private errorsIn(text: string): SampledError[] {
    const value = parsed(text);
    return [...this.results.savedIn(value, text)].flatMap(({ exchange }) => {
      const diagnosis = this.diagnoses.diagnose(exchange);
      const found = countedErrorOf(diagnosis, this.options.redact);
      if (found === null) return [];
      const requestId = diagnosis.requestId ?? requestIdIn(value);
      return { kind: found.kind, details: { requestId, message: this.cut(diagnosis.message) } };
    });
  }

  private timeIn(bytes: Buffer): number | null {
    const { places, leaves } = this.shapes;
    const { starts, ends } = leaves;
    const { time } = places;
    return time < 0 ? null : timeOf(bytes, starts[time] as number, ends[time] as number);
  }

  private endpointIn(bytes: Buffer): string | null {
    const { place, endpoints } = this;
    const { places, leaves } = this.shapes;
    const { starts, ends } = leaves;
    const { method, url } = places;
    if (url < 0) return null;
    const at =
      method < 0 ? 0 : writeMethod(bytes, (starts[method] as number) + 1, (ends[method] as number) - 1, place.bytes);
    const length = writeEndpoint(bytes, (starts[url] as number) + 1, (ends[url] as number) - 1, place.bytes, at);
    const known = endpoints.get(place, length);
    if (known !== undefined) return known;
    const endpoint = endpointText(place.bytes, length);
    if (endpoints.size >= MOST_REMEMBERED) endpoints.clear();
    endpoints.set(place, length, endpoint);
    return endpoint;
  }

  /** An excerpt of a text, redacted before it is truncated. */
  private cut(text: string | null): string | null {
    if (text === null) return null;
    const harmless = this.options.redact(text);
    return harmless.length <= LONGEST_SAMPLE ? harmless : `${harmless.slice(0, LONGEST_SAMPLE)}…`;
  }

  private unread(reason: string, text: string): void {
    this.counts.unreadable++;
    const sample = this.cut(this.options.hideCut(text.slice(0, LONGEST_UNREAD))) ?? '';
    addUnreadable(this.tally.unreadable, reason, { count: 1, samples: [sample] });
  }
}

function problem(problem: string): LineRead {
  return { result: { ...NOTHING, problem }, at: null, endpoint: null };
}
