import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { blocks } from '../helpers/documented.ts';
import { isInstalled } from '../helpers/programs.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';
import { hasPackage, PYTHON, SPARK_ENV } from './python.ts';

const LAUNCHER = fileURLToPath(new URL('../../bin/errprobe.js', import.meta.url));
const SLOW = { timeout: 300_000 };

/** Lines of a log with several errors, an unreadable line and some without an error. */
function logOf(part: number): string {
  const lines = Array.from({ length: 200 }, (_, i) =>
    JSON.stringify({
      level: i % 7 === 0 ? 30 : 50,
      time: new Date(Date.UTC(2026, 2, 1, 9, part, i)).toISOString(),
      reqId: `r-${part}-${i}`,
      req: { method: 'GET', url: `/cyber-assets/${i}` },
      res: { statusCode: [200, 429, 503, 401][(i + part) % 4], body: { message: `no ${i % 3}` } },
    }),
  );
  return [...lines, '{"broken":', ''].join('\n');
}

const parts = [0, 1, 2, 3].map(logOf);

/** A folder with logs, documented programs, and errprobe among the programs. */
function folder(): { cwd: string; env: NodeJS.ProcessEnv } {
  const cwd = emptyFolder();
  for (const name of ['logs', 'bin']) mkdirSync(join(cwd, name));
  for (const [i, part] of parts.entries()) writeFileSync(join(cwd, `logs/${i}.log`), part);
  writeFileSync(join(cwd, 'app.log'), parts.join(''));
  symlinkSync(LAUNCHER, join(cwd, 'bin/errprobe'));
  const PATH = [join(cwd, 'bin'), dirname(process.execPath), process.env.PATH].join(delimiter);
  return { cwd, env: { ...process.env, ...SPARK_ENV, PATH, HOME: cwd, PYSPARK_PYTHON: PYTHON, NO_COLOR: '1' } };
}

const whole = () => run(['triage'], { input: parts.join('') });

describe('a job split as documented (needs what .ci/run installs)', () => {
  it.for(['over many files', 'over one file'])('with GNU parallel %s gives the whole', SLOW, async (what, { skip }) => {
    skip(!isInstalled('parallel'), 'GNU parallel is not installed');
    const text = blocks.find((block) => block.language === 'sh' && block.text.includes('parallel'))?.text ?? '';
    const command = text.split('\n')[what === 'over many files' ? 0 : 1] ?? '';
    expect(execFileSync('sh', ['-c', command], { ...folder(), encoding: 'utf8' })).toBe((await whole()).stdout);
  });

  it.for([
    ['pyspark', 'count_in_spark.py'],
    ['dask', 'count_in_dask.py'],
  ] as const)('with %s gives the whole', SLOW, async ([name, file], { skip }) => {
    skip(!hasPackage(name), `the Python package ${name} is not installed`);
    skip(name === 'pyspark' && !isInstalled('java'), 'Java is not installed');
    const { cwd, env } = folder();
    writeFileSync(join(cwd, file), blocks.find((block) => block.file === file)?.text ?? '');
    const said = execFileSync(PYTHON, [file], { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    expect(said).toBe((await whole()).stdout);
  });
});
