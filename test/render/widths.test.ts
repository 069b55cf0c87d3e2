import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { savedResponse } from '../../src/model/exchange.ts';
import { BLANK_RESULT, exitOfDiagnosis, type Report, reportOf } from '../../src/model/report.ts';
import { renderPretty } from '../../src/render/error/pretty.ts';
import { someFixtures } from '../helpers/fixtures.ts';
import { run } from '../helpers/terminal.ts';

const WIDTHS = [40, 80, 120, 200];

/** What is to be copied, so it is not broken: examples, header fields of a dry run, JSON, the notation of items in the help. */
const VERBATIM = /^ {2}(?:errprobe|name|Header)|^[a-z-]+: (?!unknown)|^ *"|^Usage: /;

/** Lines that are too wide, but for a single word that fits nowhere. */
function tooWide(text: string, width: number): string[] {
  return text.split('\n').filter((line) => {
    if (line.length <= width || VERBATIM.test(line)) return false;
    return line.trim().length <= width - 2 || line.trim().includes(' ');
  });
}

const request = { method: 'GET', url: 'https://api.example.com/things/1', headers: {}, body: null };

function reportOn(status: number | null, headers: Record<string, string>, body: string): Report {
  const response = savedResponse(body, status, headers);
  const diagnosis = diagnose({ request, response, failure: null }, builtIn, { api: null, now: 0 });
  return reportOf('call', exitOfDiagnosis(diagnosis), [{ ...BLANK_RESULT, request, diagnosis }]);
}

describe('a diagnosis', () => {
  const reports = someFixtures().map(({ status, headers, body }) =>
    reportOn(status, headers, typeof body === 'string' ? body : (JSON.stringify(body) ?? '')),
  );

  it.each(WIDTHS)('of any fixture is at most %d columns wide, and breaks no word', (width) => {
    const wide: string[] = [];
    for (const report of reports) {
      const text = renderPretty(report, { width, color: 0, verbose: true });
      wide.push(...tooWide(text, width));
      const whole = renderPretty(report, { width: 100_000, color: 0, verbose: true });
      const words = (shown: string) =>
        shown
          .split(/\s+/)
          .filter((word) => !/^\\?$/.test(word))
          .sort();
      expect(words(text)).toEqual(words(whole));
    }
    expect(wide).toEqual([]);
  });
});

describe('the lines of a call', () => {
  it.each([
    ['a retry', ['call', 'GET', '/v1/victims/1001', '--mock', 'quota-exhausted', '--retry']],
    ['retries', ['call', 'GET', '/cyber-assets', '--mock', '429,429', '--retry', '1']],
    ['a dry run', ['call', 'GET', '/cyber-assets', '--mock', '--retry', '--dry-run']],
    ['a success', ['call', 'GET', '/cyber-assets', '--mock']],
    ['an unknown option', ['call', 'GET', '/cyber-assets', '--no-such-option-at-all']],
    ['exit codes', ['exit-codes']],
    ['the help', ['call', '--help']],
    ['the help of all', ['--help']],
  ])('are at most as wide as the terminal: %s', async (_, argv) => {
    for (const columns of WIDTHS) {
      const { stdout, stderr } = await run(argv, { tty: true, columns, env: { TERM: 'dumb' } });
      expect(tooWide(stdout + stderr, columns)).toEqual([]);
    }
  });
});
