import type { Report, Result } from '../../model/report.ts';
import { visibleLine } from '../text.ts';

/** A line for each error, for scripts and editors: status, code, cause and retry advice, separated by tabs. */
export function renderBrief({ results }: Report): string {
  return results.map((result) => `${lineOf(result)}\n`).join('');
}

function lineOf({ name, diagnosis }: Result): string {
  if (diagnosis === null) return [...(name === null ? [] : [name]), '-', '-', 'No error', 'never'].join('\t');
  const { status, code, cause, retry } = diagnosis;
  const parts = [...(name === null ? [] : [name]), String(status ?? '-'), code ?? '-', cause, retry.advice];
  return parts.map((part) => visibleLine(part).replaceAll('\t', ' ')).join('\t');
}
