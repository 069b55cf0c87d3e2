import type { Timings } from '../../model/report.ts';
import { formatDuration } from '../../text/duration.ts';

/** The phases of an attempt in order. */
const PARTS: [name: keyof Timings, label: string][] = [
  ['dns', 'DNS'],
  ['connect', 'connect'],
  ['tls', 'TLS'],
  ['firstByte', 'first byte'],
  ['download', 'download'],
];

/** The most characters that all bars together may take. */
const BARS = 40;

/** When each phase of an attempt started and how long it took, one per line. */
export function renderTimings(timings: Timings): string {
  const parts = PARTS.flatMap(([name, label]) => {
    const ms = timings[name];
    return ms === null ? [] : [{ label, ms }];
  });
  const all = Math.max(
    1,
    parts.reduce((sum, { ms }) => sum + ms, 0),
  );
  let begun = 0;
  const bars = parts.map(({ label, ms }) => {
    const from = Math.round((begun / all) * BARS);
    begun += ms;
    const length = Math.max(1, Math.round((begun / all) * BARS) - from);
    return `* ${label.padEnd(10)}  ${formatDuration(ms).padStart(7)}  ${' '.repeat(from)}${'█'.repeat(length)}`;
  });
  const total = timings.total === null ? [] : [`* ${'total'.padEnd(10)}  ${formatDuration(timings.total).padStart(7)}`];
  return [...bars, ...total].map((line) => `${line}\n`).join('');
}
