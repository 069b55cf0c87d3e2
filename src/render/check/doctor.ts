import type { Report } from '../../model/report.ts';
import type { PrettyOptions } from '../error/pretty.ts';
import { styles } from '../style.ts';
import { visibleLine, wrap } from '../text.ts';
import { counted } from '../words.ts';
import { SIGNS } from './pretty.ts';

/** One line per examination, then the number of problems. */
export function renderDoctor({ results, summary }: Report, { width, color }: PrettyOptions): string {
  const style = styles(color);
  const column = Math.max(0, ...results.map(({ name }) => (name ?? '').length));
  const lines = results.flatMap(({ name, check }) => {
    const outcome = check?.outcome ?? 'skipped';
    const look = outcome === 'passed' ? style.success : outcome === 'failed' ? style.error : style.quiet;
    const text = (check?.reason ?? '').split('\n').flatMap((line) => wrap(visibleLine(line), width - column - 4));
    return text.map((line, i) =>
      i === 0 ? `${look(SIGNS[outcome])} ${(name ?? '').padEnd(column)}  ${line}` : `${' '.repeat(column + 4)}${line}`,
    );
  });
  const faults = summary?.failed ?? 0;
  const sum = faults === 0 ? 'No problems found.' : `${counted(faults, 'problem')} found.`;
  return `${lines.join('\n')}\n\n${sum}\n`;
}
