import { localTime } from '../text/duration.ts';
import { type ColorLevel, styles } from './style.ts';
import { visibleLine } from './text.ts';

/** A kept call in short. */
export interface KeptResult {
  /** What `explain --last` takes for it; null for a success. */
  last: number | null;
  /** Milliseconds since 1970. */
  at: number;
  ok: boolean;
  method: string;
  url: string;
  status: number | null;
  /** The code of a network failure. */
  failure: string | null;
  /** The id of the entry that explains it. */
  id: string | null;
}

/** The kept calls, newest first, a line each; those that failed have the number for `--last`. */
export function renderHistory(
  { calls }: { schema: 'errprobe/history@1'; calls: KeptResult[] },
  { width, color }: { width: number; color: ColorLevel },
): string {
  const style = styles(color);
  if (calls.length === 0) return 'No call is kept yet.\n';
  const rows = calls.map(({ last, at, ok, method, url, status, failure, id }) => {
    const time = localTime(at)?.slice(0, 16).replace('T', ' ') ?? '';
    const head = `${String(last ?? '').padStart(2)}  ${time}  `;
    const result = `${ok ? '✔' : '✖'} ${status ?? failure ?? 'no answer'}`;
    const rest = `  ${visibleLine(`${method} ${url}${id === null ? '' : `  ${id}`}`)}`;
    const room = Math.max(10, width - head.length - result.length);
    const cut = rest.length > room ? `${rest.slice(0, room - 1)}…` : rest;
    return `${style.quiet(head)}${ok ? style.success(result) : style.error(result)}${cut}`;
  });
  const hint = calls.some(({ ok }) => !ok) ? ['', style.quiet('The number is what explain --last takes.')] : [];
  return `${[...rows, ...hint].join('\n')}\n`;
}
