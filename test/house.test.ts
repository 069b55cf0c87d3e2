import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'rolldown/parseAst';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .map((file) => ({ file, text: readFileSync(join(SRC, file), 'utf8') }));

/** Files that are data, with what their rows are. They may be of any length. */
const DATA: Record<string, string> = {
  'diagnosis/evidence/check-table.ts': 'a row per check',
  'diagnosis/tools/tools.ts': 'a row per tool',
  'input/failure-phrases.ts': 'a row per way to say that there was no response',
};

const MOST_LINES = 300;
const LONGEST_FUNCTION = 60;

interface Node {
  type: string;
  start: number;
  end: number;
}

const isNode = (value: unknown): value is Node => typeof (value as Node | null)?.type === 'string';

/** The functions in a source, each with its number of lines. */
function functionsIn(text: string): { line: number; lines: number }[] {
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
  const found: { line: number; lines: number }[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isNode(value)) return;
    if (/^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(value.type)) {
      const line = lineOf(value.start);
      found.push({ line, lines: lineOf(value.end) - line + 1 });
    }
    Object.values(value).forEach(visit);
  };
  visit(parseAst(text, { lang: 'ts' }));
  return found;
}

describe('the house', () => {
  it(`has no file of more than ${MOST_LINES} lines but data`, () => {
    const long = files
      .map(({ file, text }) => ({ file, lines: text.split('\n').length - 1 }))
      .filter(({ file, lines }) => lines > MOST_LINES && DATA[file] === undefined);
    expect(long).toEqual([]);
  });

  it('lists no file as data that is short, or gone', () => {
    const long = files.filter(({ text }) => text.split('\n').length - 1 > MOST_LINES).map(({ file }) => file);
    expect(Object.keys(DATA).filter((file) => !long.includes(file))).toEqual([]);
  });

  it(`has no function of more than ${LONGEST_FUNCTION} lines`, () => {
    const long = files.flatMap(({ file, text }) =>
      functionsIn(text)
        .filter(({ lines }) => lines > LONGEST_FUNCTION)
        .map(({ line, lines }) => `${file}:${line} has ${lines} lines`),
    );
    expect(long).toEqual([]);
  });

  it('mocks no module, since test files share them', () => {
    const tests = fileURLToPath(new URL('.', import.meta.url));
    const mocking = readdirSync(tests, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts') && file !== 'house.test.ts')
      .filter((file) => /\bvi\.(?:mock|doMock)\(/.test(readFileSync(join(tests, file), 'utf8')));
    expect(mocking).toEqual([]);
  });

  it('measures functions', () => {
    expect(functionsIn('const a = () => {\n  return 1;\n};\nfunction b() {}')).toEqual([
      { line: 1, lines: 3 },
      { line: 4, lines: 1 },
    ]);
  });
});
