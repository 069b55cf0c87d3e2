import type { Report, Result } from '../../model/report.ts';
import { escapeAttribute as attribute, escapeXml } from '../xml.ts';
import { detailsOf, headlineOf } from './details.ts';

/**
 * JUnit XML, as Jenkins, GitLab and others read it: a suite for each file, `failure` for unmet
 * expectations, `error` for checks that got no answer or could not run. It is valid by Jenkins'
 * schema.
 */
export function renderJunit(report: Report): string {
  const files = [...new Set(report.results.map(({ check }) => check?.file ?? ''))];
  const suites = files.map((file) =>
    suite(
      file,
      report.results.filter(({ check }) => check?.file === file),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="errprobe check"${counts(report.results)}>\n${suites.join('')}</testsuites>\n`;
}

function suite(file: string, results: Result[]): string {
  const at = results.find(({ attempts }) => attempts.length > 0)?.attempts[0]?.at.replace(/\.\d+Z$/, '');
  const skipped = results.filter((result) => kindOf(result) === 'skipped').length;
  const flaky = results.filter((result) => result.flaky);
  const properties = flaky.map(
    ({ name, attempts }) =>
      `      <property name="flaky" value="${attribute(`${name} (attempt ${attempts.length})`)}"/>\n`,
  );
  return [
    `  <testsuite name="${attribute(file)}" file="${attribute(file)}"${counts(results)} skipped="${skipped}"`,
    `${at === undefined ? '' : ` timestamp="${at}"`}>\n`,
    properties.length === 0 ? '' : `    <properties>\n${properties.join('')}    </properties>\n`,
    ...results.map(testcase),
    '  </testsuite>\n',
  ].join('');
}

function counts(results: Result[]): string {
  const count = (kind: string) => results.filter((result) => kindOf(result) === kind).length;
  const time = results.reduce((sum, { check }) => sum + (check?.ms ?? 0), 0);
  return ` tests="${results.length}" failures="${count('failure')}" errors="${count('error')}" time="${seconds(time)}"`;
}

function testcase(result: Result): string {
  const { check, name, attempts } = result;
  const kind = kindOf(result);
  const head = `    <testcase name="${attribute(name ?? '')}" classname="${attribute(check?.file ?? '')}" time="${seconds(check?.ms ?? 0)}"`;
  if (kind === null && !result.flaky) return `${head}/>\n`;
  const message = attribute(headlineOf(result));
  const details = escapeXml(detailsOf(result).join('\n'));
  if (kind === null) {
    const text = attribute(`passed on attempt ${attempts.length}`);
    return `${head}>\n      <flakyFailure type="flaky" message="${text}">${details}</flakyFailure>\n    </testcase>\n`;
  }
  if (kind === 'skipped') return `${head}>\n      <skipped message="${message}"/>\n    </testcase>\n`;
  return `${head}>\n      <${kind} type="${attribute(check?.outcome ?? '')}" message="${message}">${details}</${kind}>\n    </testcase>\n`;
}

function kindOf({ check }: Result): 'failure' | 'error' | 'skipped' | null {
  switch (check?.outcome) {
    case 'failed':
    case 'undocumented':
      return 'failure';
    case 'error':
      return 'error';
    case 'skipped':
    case 'not-run':
      return 'skipped';
    default:
      return null;
  }
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
