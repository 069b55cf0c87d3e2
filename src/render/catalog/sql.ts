import { actorOf } from '../../diagnosis/advice/actors.ts';
import type { Catalog, Entry } from '../../model/catalog.ts';
import { wordsOf } from '../../model/catalog-text.ts';
import { literalLength, templateParts } from '../../text/template.ts';
import type { Dialect } from '../formats.ts';
import { GRAMMARS, type Grammar } from './sql-dialects.ts';

/** The data to export. */
export interface SqlInput {
  apis: Catalog[];
  /** The general entries for statuses, and which of them each status has. */
  http: Catalog;
  statuses: [status: number, entry: Entry][];
  /** The phrases of statuses, in lower case; some statuses have several. */
  phrases: [status: number, phrase: string][];
  dialect: Dialect;
  /** The table to classify, with the columns api, status, code and message. */
  table: string;
}

/** Rows per INSERT. */
const ROWS = 200;

/**
 * Catalogs as tables, and a view that finds the documented error for each row of a table of errors,
 * by the rules of `matchEntry`: the code decides, the message chooses among entries of the same
 * code or status, and undocumented errors are explained by their status.
 *
 * @returns statements that can be run repeatedly: they replace what they created before
 */
export function renderSql({ apis, http, statuses, phrases, dialect, table }: SqlInput): string {
  const grammar = GRAMMARS[dialect];
  const { text, integer, nullable } = grammar;
  const catalogs = [...apis, { ...http, entries: [...new Set(statuses.map(([, entry]) => entry))] }];
  const entries = catalogs.flatMap((catalog) =>
    catalog.entries.map((entry) => [
      `${catalog.id}/${entry.id}`,
      catalog.general ? null : catalog.id,
      entry.category,
      actorOf(entry.category),
      entry.title,
      wordsOf(entry.cause),
      wordsOf(entry.resolution[0] ?? ''),
      entry.retry.advice,
      wordsOf(entry.retry.reason),
    ]),
  );
  const rules = apis.flatMap((catalog) => catalog.entries.flatMap((entry, place) => rulesOf(catalog, entry, place)));
  return [
    `-- Made by errprobe catalog export. The view errprobe_classified says of each row of ${table} which error it is.`,
    // It would keep its tables from being replaced.
    ...(grammar.engine === null ? [] : ['DROP VIEW IF EXISTS errprobe_classified;']),
    tableOf(grammar, 'errprobe_entries', entries, {
      id: text,
      api: nullable(text),
      category: text,
      actor: text,
      title: text,
      cause: text,
      fix: nullable(text),
      retry: text,
      retry_reason: text,
    }),
    tableOf(grammar, 'errprobe_rules', rules, {
      api: text,
      id: text,
      place: integer,
      code: nullable(text),
      codes: text,
      status_from: nullable(integer),
      status_to: nullable(integer),
      pattern: nullable(text),
      literal: integer,
      worded: integer,
    }),
    tableOf(
      grammar,
      'errprobe_statuses',
      statuses.map(([status, { id }]) => [status, `${http.id}/${id}`]),
      { status: integer, id: text },
    ),
    tableOf(grammar, 'errprobe_phrases', phrases, { status: integer, phrase: text }),
    view(grammar, table),
  ].join('\n');
}

/** A row for each combination of status, code and wording of an entry: any of them may match. */
function rulesOf({ id: api }: Catalog, { id, match }: Entry, place: number): (string | number | null)[][] {
  // Logs in a database rarely have paths.
  if (match.operation !== undefined) return [];
  const codes = match.code ?? [null];
  const ranges = match.status?.map((pattern) =>
    typeof pattern === 'number' ? [pattern, pattern] : [Number(pattern[0]) * 100, Number(pattern[0]) * 100 + 99],
  ) ?? [[null, null]];
  const templates = match.message ?? [null];
  return codes.flatMap((code) =>
    ranges.flatMap(([from = null, to = null]) =>
      templates.map((template) => [
        api,
        `${api}/${id}`,
        place,
        code === null ? null : code.toLowerCase().replaceAll(/[_-]/g, ''),
        (match.code ?? []).join(),
        from,
        to,
        template === null ? null : patternOf(template),
        template === null ? 0 : literalLength(template),
        match.message === undefined ? 0 : 1,
      ]),
    ),
  );
}

/** Patterns for `{}`, `{field}` and any other placeholder. */
const PLACEHOLDERS: Record<string, string> = { '': '.*', field: '[a-z0-9_$./\\[\\]-]+' };

/** A regular expression that all of the databases support: no classes, no groups, lower case. */
function patternOf(template: string): string {
  const parts = templateParts(template).map((part, i) =>
    i % 2 === 0 ? part.toLowerCase().replaceAll(/[\\^$.|?*+()[\]{}]/g, '\\$&') : (PLACEHOLDERS[part] ?? '.+'),
  );
  return `^${parts.join('')}$`;
}

/** The start of a statement that makes a view. */
const viewOf = ({ engine }: Grammar, name: string) =>
  `CREATE ${engine === null ? 'OR REPLACE TEMPORARY ' : ''}VIEW ${name} AS`;

function tableOf(
  grammar: Grammar,
  name: string,
  rows: (string | number | null)[][],
  columns: Record<string, string>,
): string {
  const { quote, engine } = grammar;
  const value = (cell: string | number | null) =>
    cell === null ? 'NULL' : typeof cell === 'number' ? String(cell) : quote(cell);
  const values = rows.map((row) => `  (${row.map(value).join(', ')})`);
  const names = Object.keys(columns).join(', ');
  const types = Object.entries(columns);
  if (engine === null) {
    const typed = types.map(([column, type]) => `CAST(${column} AS ${type}) AS ${column}`).join(', ');
    return `${viewOf(grammar, name)}\nSELECT ${typed} FROM VALUES\n${values.join(',\n')}\nAS t (${names});`;
  }
  const inserts: string[] = [];
  for (let i = 0; i < rows.length; i += ROWS) {
    inserts.push(`INSERT INTO ${name} (${names}) VALUES\n${values.slice(i, i + ROWS).join(',\n')};`);
  }
  const typed = types.map(([column, type]) => `  ${column} ${type}`);
  return [
    `DROP TABLE IF EXISTS ${name};`,
    `CREATE TABLE ${name} (\n${typed.join(',\n')}\n)${engine};`,
    ...inserts,
  ].join('\n');
}

/** From the rules that may apply to each row to the entry that fits it best, as common table expressions. */
const RANKED = `errprobe_known AS (
  SELECT c.*,
    max(by_code) OVER (PARTITION BY api, status, code, message) AS any_code,
    max(by_code * fits) OVER (PARTITION BY api, status, code, message) AS any_fitting
  FROM errprobe_candidates AS c
),
errprobe_agreeing AS (
  SELECT k.* FROM errprobe_known AS k LEFT JOIN errprobe_phrases AS p ON p.status = k.status AND p.phrase = k.said
  WHERE CASE
    WHEN any_code = 1 AND any_fitting = 1 THEN by_code = 1 AND fits = 1
    WHEN any_code = 1 THEN by_code = 1
    -- A code that is not documented fits nothing, unless it only repeats the phrase of the status.
    ELSE has_status = 1 AND fits = 1 AND (said = '' OR p.phrase IS NOT NULL)
  END
),
-- An entry of the very status counts before one of its class.
errprobe_exact AS (
  SELECT a.*, max(same_status) OVER (PARTITION BY api, status, code, message) AS any_same FROM errprobe_agreeing AS a
),
errprobe_pool AS (
  SELECT * FROM errprobe_exact WHERE any_same = 0 OR same_status = 1
),
errprobe_sizes AS (
  SELECT api, status, code, message, count(DISTINCT id) AS entries,
    -- Where each entry without a wording has a code, all of them have to agree on one.
    CASE WHEN min(CASE WHEN worded = 1 OR codes <> '' THEN 1 ELSE 0 END) = 1 THEN count(DISTINCT codes)
      ELSE count(DISTINCT CASE WHEN worded = 0 THEN codes END) END AS different_codes
  FROM errprobe_pool GROUP BY api, status, code, message
),
errprobe_ranked AS (
  SELECT l.api AS api, l.status AS status, l.code AS code, l.message AS message, l.id AS id,
    row_number() OVER (
      PARTITION BY l.api, l.status, l.code, l.message
      ORDER BY l.says_so DESC, CASE WHEN l.says_so = 1 THEN l.literal ELSE 0 END DESC, l.same_status DESC, l.place
    ) AS rank
  FROM errprobe_pool AS l INNER JOIN errprobe_sizes AS s
    ON s.api = l.api AND s.status = l.status AND s.code = l.code AND s.message = l.message
  WHERE l.says_so = 1
    OR ((l.any_code = 1 OR l.status <> 0)
      AND (s.entries = 1 OR (l.worded = 0 AND (l.any_code = 1 OR s.different_codes <= 1))))
)`;

/** The columns that the view adds to a row, without their prefix. */
const ANSWERS = ['id', 'documented', 'category', 'title', 'cause', 'fix', 'actor', 'retry', 'retry_reason'];

/**
 * The rules of `matchEntry` as a query. Equal rows are classified once; meanwhile NULL becomes ''
 * or 0, so that rows can be joined.
 */
function view(grammar: Grammar, table: string): string {
  const { quote, matches, replaceAll, settings } = grammar;
  const normal = replaceAll("trim(coalesce(message, ''))", quote('\\s+'), "' '");
  const plain = `lower(${replaceAll(normal, quote('\\.$'), "''")})`;
  // A code in any notation: KEY_LOCKED, keyLocked, key-locked.
  const name = replaceAll('lower(code)', quote('[_-]'), "''");
  return `${viewOf(grammar, 'errprobe_classified')}
WITH errprobe_rows AS (
  SELECT DISTINCT coalesce(api, '') AS api, coalesce(status, 0) AS status, coalesce(code, '') AS code,
    coalesce(message, '') AS message
  FROM ${table}
),
errprobe_said AS (
  SELECT api, status, code, message, lower(code) AS said, ${name} AS name, ${plain} AS words
  FROM errprobe_rows
),
errprobe_named AS (
  SELECT phrase, min(status) AS status FROM errprobe_phrases GROUP BY phrase
),
errprobe_candidates AS (
  SELECT r.api AS api, r.status AS status, r.code AS code, r.message AS message, r.said AS said, m.id AS id,
    m.place AS place, m.codes AS codes, m.worded AS worded, m.literal AS literal,
    CASE WHEN r.name <> '' AND m.code = r.name THEN 1 ELSE 0 END AS by_code,
    CASE WHEN m.status_from IS NULL THEN 0 ELSE 1 END AS has_status,
    CASE WHEN r.status = 0 OR m.status_from IS NULL OR (r.status >= m.status_from AND r.status <= m.status_to)
      THEN 1 ELSE 0 END AS fits,
    CASE WHEN r.status = m.status_from AND r.status = m.status_to THEN 1 ELSE 0 END AS same_status,
    CASE WHEN m.pattern IS NOT NULL AND r.words <> '' AND ${matches('r.words', "coalesce(m.pattern, '^$')")}
      THEN 1 ELSE 0 END AS says_so
  FROM errprobe_said AS r INNER JOIN errprobe_rules AS m ON m.api = r.api
),
${RANKED},
-- No name here is one of the table: ClickHouse would call the table's columns t.status and the like.
errprobe_answers AS (
  SELECT r.api AS errprobe_key_api, r.status AS errprobe_key_status, r.code AS errprobe_key_code,
    r.message AS errprobe_key_message, e.id AS errprobe_id,
    CASE WHEN e.api IS NULL THEN 0 ELSE 1 END AS errprobe_documented, e.category AS errprobe_category,
    e.title AS errprobe_title, e.cause AS errprobe_cause, e.fix AS errprobe_fix, e.actor AS errprobe_actor,
    e.retry AS errprobe_retry, e.retry_reason AS errprobe_retry_reason
  FROM errprobe_rows AS r
  LEFT JOIN errprobe_ranked AS k
    ON k.api = r.api AND k.status = r.status AND k.code = r.code AND k.message = r.message AND k.rank = 1
  -- A missing status is taken from a code or message that is the phrase of one.
  LEFT JOIN errprobe_named AS nc ON nc.phrase = lower(trim(r.code))
  LEFT JOIN errprobe_named AS nm ON nm.phrase = lower(trim(r.message))
  LEFT JOIN errprobe_statuses AS h ON h.status = coalesce(nullif(r.status, 0), nc.status, nm.status, 0)
  LEFT JOIN errprobe_entries AS e ON e.id = coalesce(k.id, h.id)
)
SELECT t.*, ${ANSWERS.map((name) => `a.errprobe_${name} AS errprobe_${name}`).join(', ')}
FROM ${table} AS t
INNER JOIN errprobe_answers AS a
  ON a.errprobe_key_api = coalesce(t.api, '') AND a.errprobe_key_status = coalesce(t.status, 0)
  AND a.errprobe_key_code = coalesce(t.code, '') AND a.errprobe_key_message = coalesce(t.message, '')${settings};
`;
}
