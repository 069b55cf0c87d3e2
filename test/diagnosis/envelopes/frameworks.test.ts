import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { builtIn } from '../../../src/catalogs/index.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { parsed } from '../../../src/input/parsed.ts';
import type { Field } from '../../../src/model/diagnosis.ts';
import { savedResponse } from '../../../src/model/exchange.ts';

const CORPUS = new URL('../../../fixtures/frameworks/', import.meta.url);

/** A framework's response (`npm run capture` in test/frameworks), and the expected reading. */
interface Case {
  status: number;
  headers: Record<string, string>;
  body: string;
  expected: { id: string; envelope: string; code?: string; message?: string; fields?: Field[] };
}

const cases = readdirSync(CORPUS).flatMap((framework) =>
  readdirSync(new URL(`${framework}/`, CORPUS)).map((file) => ({
    framework,
    file: file.replace(/\.json$/, ''),
    value: JSON.parse(readFileSync(new URL(`${framework}/${file}`, CORPUS), 'utf8')) as Case,
  })),
);

describe('what frameworks answer by themselves', () => {
  it.each(cases)('is explained: $framework, $file', ({ value: { status, headers, body, expected } }) => {
    const response = parsed(savedResponse(body, status, headers));
    const { id, envelope, code, message, fields } = diagnose({ request: null, response, failure: null }, builtIn, {
      now: 0,
    });
    expect({ id, envelope, code, message, fields }).toEqual({ code: null, message: null, fields: [], ...expected });
  });
});

const FOLDER = fileURLToPath(new URL('../../frameworks/', import.meta.url));

describe.skipIf(!existsSync(`${FOLDER}node_modules`))('frameworks today (needs npm ci in test/frameworks)', () => {
  it('answer what the fixtures say', async () => {
    // In a separate process: Vitest would load some of their packages twice.
    const { stdout } = await promisify(execFile)(process.execPath, ['capture.js', '--print'], { cwd: FOLDER });
    const fixtures: Record<string, Record<string, unknown>> = {};
    for (const { framework, file, value } of cases) {
      const { expected: _, ...answer } = value;
      fixtures[framework] = { ...fixtures[framework], [file]: answer };
    }
    expect(JSON.parse(stdout)).toEqual(fixtures);
  });
});
