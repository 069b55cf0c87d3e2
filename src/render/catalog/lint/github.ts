import type { LintReport } from '../../../catalogs/lint/report.ts';
import { annotationCommand } from '../../github.ts';

/** GitHub Actions workflow commands that annotate the places of findings. */
export function renderLintAnnotations({ files }: LintReport): string {
  return files
    .flatMap(({ path, findings }) =>
      findings.map(({ rule, severity, entry, line, column, message }) =>
        annotationCommand({
          level: severity,
          file: path,
          line,
          column,
          title: rule,
          message: entry === null ? message : `${entry}: ${message}`,
        }),
      ),
    )
    .join('');
}
