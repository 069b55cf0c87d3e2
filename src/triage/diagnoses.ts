import { parsed } from '../input/parsed.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { Exchange } from '../model/exchange.ts';
import type { Recoded } from './copied.ts';
import { type CountedError, countedErrorOf, cut } from './counted-error.ts';
import { masked, maskedKey } from './mask.ts';
import { ANY_CODE } from './table.ts';

/** How an exchange is counted: null for no error. */
export interface Judgement {
  error: CountedError | null;
  /** True when an id or a time in the exchange may affect the result. */
  exact: boolean;
}

/** At this size the cache is cleared. */
const MOST_REMEMBERED = 2000;

/** Diagnoses errors, and caches the results of equal ones. */
export class Diagnoses {
  private judged = new Map<string, Judgement>();
  private errors = new Map<string, CountedError>();

  /**
   * @param explain diagnoses one error, as `errprobe explain` does
   * @param redact removes secrets from a text
   * @param isKnownWord true for a word of a catalog, which may decide in a path, too
   */
  constructor(
    private readonly explain: (exchange: Exchange) => Diagnosis,
    private readonly redact: (text: string) => string,
    private readonly isKnownWord: (word: string) => boolean,
  ) {}

  /** How an exchange is counted. */
  judge(exchange: Exchange): Judgement {
    const key = maskedKey(`${this.pathOf(exchange)}\n${wordsOf(exchange)}`);
    const known = this.judged.get(key);
    if (known !== undefined && !known.exact) return known;
    const diagnosis = this.diagnose(exchange);
    const { status, code, subcode } = diagnosis;
    const codes = `${code} ${subcode}`;
    // For a success, the path may decide whether a page was expected.
    const isPage = (status ?? 0) < 300 && exchange.request !== null && exchange.response?.body.includes('<') === true;
    const exact = masked(codes) !== codes || isPage;
    const judgement = { error: this.alike(countedErrorOf(diagnosis, this.redact)), exact };
    if (this.judged.size >= MOST_REMEMBERED) this.judged.clear();
    this.judged.set(key, judgement);
    return judgement;
  }

  /** The parts of a path by which catalogs tell operations apart, with their places. */
  private pathOf({ request }: Exchange): string {
    const parts = request?.url.split(/[?#]/, 1)[0]?.split('/') ?? [];
    const known = parts.map((part) => (this.isKnownWord(part.toLowerCase()) ? part : ''));
    return known.some((part) => part !== '') ? known.join('/') : '';
  }

  /** The whole diagnosis of an exchange. */
  diagnose(exchange: Exchange): Diagnosis {
    const { response } = exchange;
    return this.explain(response === null ? exchange : { ...exchange, response: parsed(response) });
  }

  /**
   * An error with another code, if the one that was replaced is its code.
   *
   * @param merged true when codes are no longer told apart
   */
  recoded(error: CountedError, { from, to }: Recoded, merged: boolean): CountedError {
    const { kind, advice, others } = error;
    if (kind.code === null || (kind.code !== from && kind.code !== cut(from, this.redact))) return error;
    const own = merged ? ANY_CODE : to;
    const known = others.get(own);
    if (known !== undefined) return known;
    const code = merged ? own : cut(own, this.redact);
    const other = this.alike({ kind: { ...kind, code }, advice, cells: new Map(), others: new Map() });
    if (others.size >= MOST_REMEMBERED) others.clear();
    others.set(own, other);
    return other;
  }

  /** Returns the same object for equal errors, so that facts about them can be stored with it. */
  private alike<T extends CountedError | null>(error: T): T | CountedError {
    if (error === null) return error;
    const key = JSON.stringify([error.kind, error.advice]);
    const known = this.errors.get(key);
    if (known !== undefined) return known;
    if (this.errors.size >= MOST_REMEMBERED) this.errors.clear();
    this.errors.set(key, error);
    return error;
  }
}

/** Everything in an exchange that its diagnosis depends on; of the request, the method and URL. */
function wordsOf({ request, response, failure, seen }: Exchange): string {
  const origin = /^https?:\/\/[^/?#]*/i.exec(request?.url ?? response?.url ?? '')?.[0] ?? '';
  const { status, headers, body } = response ?? {};
  return [
    request?.method,
    origin,
    JSON.stringify(failure),
    status,
    JSON.stringify(headers),
    seen?.tool,
    seen?.api,
    seen?.isError,
    body,
  ].join('\n');
}
