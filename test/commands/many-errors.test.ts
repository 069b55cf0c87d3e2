import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { explainInputs } from '../../src/commands/explain/run.ts';
import { renderPretty } from '../../src/render/error/pretty.ts';
import { Secrets } from '../../src/secrets/secrets.ts';
import type { Terminal } from '../../src/terminal/terminal.ts';
import { cpuTimer } from '../helpers/cpu-time.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const lines = (count: number) => '{"error":"x","status":500}\n'.repeat(count);

/** A standard output that tells each write, and whose reader leaves after some of them. */
function reader(leavesAfter = Number.POSITIVE_INFINITY, onWrite = () => {}) {
  let text = '';
  let writes = 0;
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      onWrite();
      done(++writes < leavesAfter ? null : Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    },
  });
  return { stream, text: () => text, writes: () => writes };
}

describe('an input with many errors', () => {
  it('is explained error by error', async () => {
    const all = reader();
    expect((await run(['explain'], { input: lines(60), stdout: all.stream })).code).toBe(0);
    expect(all.writes()).toBeGreaterThan(60);
    expect(all.text()).toContain('\n\n✖ 500');
    expect(all.text()).toMatch(/\n\n60 errors: http\/internal-server-error \(60\)\n$/);
  });

  it('is not explained to the end if the reader leaves', async () => {
    const timed = async ({ stream }: ReturnType<typeof reader>) => {
      const ms = cpuTimer();
      await run(['explain'], { input: lines(1500), stdout: stream });
      return ms();
    };
    const left = reader(1);
    const [all, first] = [await timed(reader()), await timed(left)];
    expect(left.writes()).toBe(1);
    expect(left.text().match(/✖/g)).toHaveLength(1);
    expect(first).toBeLessThan(all / 3);
  });

  it('shows no secret that only a later request sends', async () => {
    const key = 'Zk9Key4242abcdXYZ';
    const entry = (headers: object[]) => ({
      request: { method: 'GET', url: 'https://api.example/', headers },
      response: { status: 401, content: { text: JSON.stringify({ error: `what is ${key}?` }) } },
    });
    const entries = [entry([]), entry([]), entry([{ name: 'X-Api-Key', value: key }])];
    const { stdout } = await run(['explain'], { input: JSON.stringify({ log: { entries } }) });
    expect(stdout.match(/what is \[redacted\]\?/g)).toHaveLength(3);
    expect(stdout).not.toContain(key);
  });

  it.each([['pretty'], ['json']])('can be interrupted (%s)', async (format) => {
    const controller = new AbortController();
    const input = lines(3000);
    const running = run(['explain', '--format', format], { input, signal: controller.signal });
    setTimeout(() => controller.abort('SIGINT'), 150);
    const ms = cpuTimer();
    expect((await running).code).toBe(130);
    expect(ms()).toBeLessThan(1200);
  });

  it('is explained up to a limit, and what was left out is counted', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'a.log'), lines(5));
    const terminal = { effects: { cwd, env: { HOME: cwd }, now: () => 0, signal: new AbortController().signal } };
    const args = { inputs: ['a.log', 'a.log'], headers: {}, format: 'json' as const, most: 7 };
    const report = await explainInputs(args, { ...terminal, secrets: new Secrets() } as unknown as Terminal);
    expect(report.results).toHaveLength(7);
    expect(report.omitted).toBe(3);
    const shown = renderPretty(report, { width: 80, color: 0, verbose: false });
    expect(shown).toMatch(
      /\n7 errors: http\/internal-server-error \(7\)\n3 more errors are not explained; triage counts the errors of a log\.\n$/,
    );
  });
});
