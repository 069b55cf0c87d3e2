import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Catalog } from '../../src/model/catalog.ts';
import { savedResponse } from '../../src/model/exchange.ts';
import { countedErrorOf } from '../../src/triage/counted-error.ts';
import type { TriageReport } from '../../src/triage/report.ts';
import { blocks } from '../helpers/documented.ts';
import { isInstalled as hasProgram } from '../helpers/programs.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';
import { hasPackage, PYTHON, SPARK_ENV } from './python.ts';

/** A row of a table of errors. */
interface Row {
  api: string;
  status: number | null;
  code: string | null;
  message: string | null;
}

/** The part of the two packages that is used; they may not be installed. */
interface DuckDB {
  DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<DuckDBConnection> }> };
}
interface DuckDBConnection {
  run(statements: string): Promise<unknown>;
  runAndReadAll(query: string): Promise<{ getRowObjectsJson(): Record<string, unknown>[] }>;
}
interface PGliteModule {
  PGlite: {
    create(): Promise<{
      exec(statements: string): Promise<unknown>;
      query(query: string): Promise<{ rows: Record<string, unknown>[] }>;
    }>;
  };
}

/** Runs statements, then a query; returns its rows. */
type Database = (statements: string, query: string) => Promise<Record<string, unknown>[]>;

const NODE_MODULES = new URL('node_modules/', import.meta.url);
const isInstalled = existsSync(NODE_MODULES);
const load = (name: string) =>
  import(pathToFileURL(createRequire(new URL('package.json', import.meta.url)).resolve(name)).href) as Promise<never>;

const DATABASES: Record<string, Database> = {
  async duckdb(statements, query) {
    const { DuckDBInstance } = (await load('@duckdb/node-api')) as DuckDB;
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(statements);
    return (await connection.runAndReadAll(query)).getRowObjectsJson();
  },
  async postgres(statements, query) {
    const { PGlite } = (await load('@electric-sql/pglite')) as PGliteModule;
    const database = await PGlite.create();
    await database.exec(statements);
    return (await database.query(query)).rows;
  },
  clickhouse: inPython('clickhouse.py'),
  spark: inPython('spark.py', {
    code: blocks.find(({ language, text }) => language === 'python' && text.includes('export'))?.text,
  }),
};
const isThere: Record<string, boolean> = {
  duckdb: isInstalled,
  postgres: isInstalled,
  clickhouse: hasPackage('chdb'),
  spark: hasPackage('pyspark') && hasProgram('java'),
};

/** A database that a script of this folder runs. */
function inPython(script: string, more: { code?: string | undefined } = {}): Database {
  return async (statements, query) => {
    const input = JSON.stringify({ statements, query, ...more });
    const file = fileURLToPath(new URL(script, import.meta.url));
    const env = { ...process.env, ...SPARK_ENV };
    const options = { input, env, encoding: 'utf8', maxBuffer: 100_000_000 } as const;
    const { stdout, stderr, status } = spawnSync(PYTHON, [file], options);
    if (status !== 0) throw new Error(stderr);
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };
}

/** The body that the API would have sent with a code and a message. */
function bodyOf({ envelope }: Catalog, { code, message }: Row): string {
  const told = [
    [envelope.code, code],
    [envelope.message, message],
  ] as const;
  const parts = told.flatMap(([pointer, value]) =>
    pointer === undefined || value === null
      ? []
      : [
          pointer
            .split('/')
            .slice(1)
            .reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as object,
        ],
  );
  return JSON.stringify(merged(parts));
}

/** Objects in one object, two levels deep. */
function merged(parts: object[]): object {
  const whole: Record<string, unknown> = {};
  for (const [key, value] of parts.flatMap((part) => Object.entries(part))) {
    whole[key] = typeof value === 'object' ? { ...(whole[key] as object), ...value } : value;
  }
  return whole;
}

/**
 * Rows around every entry of every API: as documented, and with each part missing, wrong or
 * reworded.
 */
function rows(): Row[] {
  const all = builtIn.apis.flatMap(({ id: api, entries, envelope }) => {
    const wordings = entries
      .flatMap(({ match }) => match.message ?? [])
      .map((template) => template.replaceAll(/\{\w*\}/g, 'x1'));
    return entries.flatMap(({ match }, i) => {
      const codes = envelope.code === undefined ? [null] : [...(match.code ?? [null]), 'NEVER_SEEN', null];
      const messages = [
        ...(match.message ?? []).map((template) => template.replaceAll(/\{\w*\}/g, 'value')),
        wordings[i % wordings.length] ?? 'x',
        `It's 100 % "new" \\ ${i}`,
      ];
      const statuses = [
        ...(match.status ?? []).map((pattern) =>
          typeof pattern === 'number' ? pattern : Number(pattern[0]) * 100 + 1,
        ),
        // Statuses that no document has and words never overrule.
        417,
        501,
        null,
      ];
      return codes.flatMap((code) =>
        messages.flatMap((message) => statuses.map((status): Row => ({ api, status, code, message }))),
      );
    });
  });
  const unique = new Map(all.map((row) => [JSON.stringify(row), row]));
  return [...unique.values()];
}

const literal = (value: string | number | null) =>
  value === null ? 'NULL' : typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;

/** A statement that makes a table of rows, numbered, and one that fills it. */
function tableOf(given: Row[], dialect: string): string {
  const values = given.map(
    ({ api, status, code, message }, i) => `(${i}, ${[api, status, code, message].map(literal).join(', ')})`,
  );
  const rows = values.join(',\n');
  const escaped = rows.replaceAll('\\', '\\\\');
  if (dialect === 'spark') {
    const quoted = escaped.replaceAll("''", "\\'");
    return `CREATE OR REPLACE TEMPORARY VIEW errors AS SELECT * FROM VALUES ${quoted} AS t (n, api, status, code, message);`;
  }
  const isClickHouse = dialect === 'clickhouse';
  const types = isClickHouse ? ['Nullable(String)', 'Nullable(Int32)'] : ['VARCHAR', 'INTEGER'];
  const columns = `n INTEGER, api ${types[0]}, status ${types[1]}, code ${types[0]}, message ${types[0]}`;
  return `CREATE TABLE errors (${columns})${isClickHouse ? ' ENGINE = Memory' : ''};
    INSERT INTO errors VALUES ${isClickHouse ? escaped : rows};`;
}

/** Spark takes twelve seconds, and much longer beside other work. */
const STARTS_SLOWLY = { timeout: 300_000 };

describe('the exported catalogs (needs what .ci/run installs in test/warehouse)', () => {
  it.for(Object.keys(DATABASES))('classify each row in %s as triage does', STARTS_SLOWLY, async (dialect, { skip }) => {
    skip(isThere[dialect] !== true, 'the database is not installed');
    const { stdout } = await run(['catalog', 'export', '--dialect', dialect]);
    const given = rows();
    expect(given.length).toBeGreaterThan(1000);
    // Earlier statements' results are replaced.
    const found = await DATABASES[dialect]?.(
      `${tableOf(given, dialect)}\n${stdout}\n${stdout}`,
      'SELECT n, api, status, code, message, errprobe_id FROM errprobe_classified ORDER BY n',
    );
    const expected = given.map((row, n) => {
      const api = builtIn.apis.find(({ id }) => id === row.api) as Catalog;
      const exchange = { request: null, response: savedResponse(bodyOf(api, row), row.status), failure: null };
      const id = countedErrorOf(diagnose(exchange, builtIn, { api: row.api, now: 0 }), String)?.kind.id ?? null;
      // Where neither status nor code is known, words that no document has decide; the databases do not read them.
      const byWords = row.status === null && id?.startsWith('http/') === true;
      return { n, ...row, id: byWords ? null : id };
    });
    const classified = found?.map(({ errprobe_id: id, ...row }) => {
      return { ...row, id: row.status === null && String(id).startsWith('http/') ? null : id };
    });
    expect(classified).toEqual(expected);
  });

  it.skipIf(!isInstalled)('count what triage counts, in files of Parquet and CSV that DuckDB reads', async () => {
    const api = builtIn.apis.find(({ id }) => id === 'victims') as Catalog;
    const given = rows().filter((row) => row.api === api.id && row.status !== null);
    const lines = given.map((row) =>
      JSON.stringify({ level: 50, status: row.status, response_body: bodyOf(api, row) }),
    );
    const { stdout } = await run(['triage', '--api', api.id, '--format', 'json'], { input: lines.join('\n') });
    const counted = new Map<string, number>();
    for (const { id, count } of (JSON.parse(stdout) as TriageReport).groups) {
      counted.set(String(id), (counted.get(String(id)) ?? 0) + count);
    }
    const logs = join(emptyFolder(), 'logs');
    mkdirSync(logs);
    const view = blocks.find(({ page, language }) => page === 'docs/triage.md' && language === 'sql')?.text ?? '';
    const { stdout: statements } = await run(['catalog', 'export', 'victims']);
    const found = await DATABASES.duckdb?.(
      `${tableOf(given, 'duckdb').replace('CREATE TABLE errors', 'CREATE TABLE rows').replace('INTO errors', 'INTO rows')}
      COPY (SELECT * FROM rows WHERE n % 2 = 0) TO '${logs}/a.parquet';
      COPY (SELECT * FROM rows WHERE n % 2 = 1) TO '${logs}/b.csv';
      SET file_search_path = '${dirname(logs)}';
      ${view}
      ${statements}`,
      'SELECT errprobe_id AS id, count(*)::INTEGER AS count FROM errprobe_classified GROUP BY 1',
    );
    expect(new Map(found?.map(({ id, count }) => [String(id), Number(count)]))).toEqual(counted);
  });
});

describe('catalog export', () => {
  it.each(['duckdb', 'postgres', 'clickhouse', 'spark', 'bigquery'])(
    'writes text so that %s reads it back',
    async (dialect) => {
      const { stdout, code } = await run(['catalog', 'export', '--dialect', dialect, '--table', 'logs.errors']);
      expect(code).toBe(0);
      expect(stdout).toContain('FROM logs.errors');
      expect(stdout.match(/CREATE (?:OR REPLACE TEMPORARY )?(?:TABLE|VIEW)/g)).toHaveLength(5);
      expect(stdout).not.toContain('undefined');
    },
  );

  it('takes no table that could be more than a name', async () => {
    const { code, stderr } = await run(['catalog', 'export', '--table', 'errors; DROP TABLE x']);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--table takes a name') as string,
    });
    expect((await run(['catalog', 'export', 'nowhere'])).code).toBe(2);
  });
});
