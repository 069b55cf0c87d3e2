import type { Report, Result } from '../../model/report.ts';
import { annotationCommand } from '../github.ts';
import { detailsOf, headlineOf } from './details.ts';

/**
 * GitHub Actions workflow commands that annotate lines of files: an error for a check that did not
 * pass, a warning for a flaky one.
 */
export function renderAnnotations(report: Report): string {
  return report.results.map(annotation).join('');
}

function annotation(result: Result): string {
  const { check, flaky, name, attempts } = result;
  if (check === undefined || check.outcome === 'skipped') return '';
  if (check.outcome === 'passed') {
    return flaky ? command('warning', result, `${name} is flaky`, `It passed on attempt ${attempts.length}.`) : '';
  }
  const level = check.outcome === 'not-run' ? 'warning' : 'error';
  return command(level, result, `${name}: ${headlineOf(result)}`, detailsOf(result).join('\n'));
}

function command(level: 'error' | 'warning', { check }: Result, title: string, message: string): string {
  return annotationCommand({ level, file: check?.file ?? '', line: check?.line ?? 1, title, message });
}
