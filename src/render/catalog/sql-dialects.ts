import type { Dialect } from '../formats.ts';

/** The differences between the SQL dialects. */
export interface Grammar {
  text: string;
  integer: string;
  /** Appended to the columns of a table; null where temporary views stand for tables. */
  engine: string | null;
  /** Appended to a query. */
  settings: string;
  /** The nullable variant of a type. */
  nullable(type: string): string;
  /** A string literal. */
  quote(text: string): string;
  /** An expression that is true where a pattern matches anywhere in a text. */
  matches(text: string, pattern: string): string;
  replaceAll(text: string, pattern: string, by: string): string;
}

const doubled = (text: string) => `'${text.replaceAll("'", "''")}'`;
const escaped = (text: string) =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;

export const GRAMMARS: Record<Dialect, Grammar> = {
  duckdb: {
    text: 'VARCHAR',
    integer: 'INTEGER',
    engine: '',
    settings: '',
    nullable: (type) => type,
    quote: doubled,
    matches: (text, pattern) => `regexp_matches(${text}, ${pattern})`,
    replaceAll: (text, pattern, by) => `regexp_replace(${text}, ${pattern}, ${by}, 'g')`,
  },
  postgres: {
    text: 'TEXT',
    integer: 'INTEGER',
    engine: '',
    settings: '',
    nullable: (type) => type,
    quote: doubled,
    matches: (text, pattern) => `${text} ~ ${pattern}`,
    replaceAll: (text, pattern, by) => `regexp_replace(${text}, ${pattern}, ${by}, 'g')`,
  },
  clickhouse: {
    text: 'String',
    integer: 'Int32',
    engine: ' ENGINE = MergeTree ORDER BY tuple()',
    // By default, unmatched columns of a LEFT JOIN are empty instead of NULL.
    settings: '\nSETTINGS join_use_nulls = 1',
    nullable: (type) => `Nullable(${type})`,
    quote: escaped,
    matches: (text, pattern) => `match(${text}, ${pattern})`,
    replaceAll: (text, pattern, by) => `replaceRegexpAll(${text}, ${pattern}, ${by})`,
  },
  // Not every Spark may create tables, and of which kind they are depends on where it runs.
  spark: {
    text: 'STRING',
    integer: 'INT',
    engine: null,
    settings: '',
    nullable: (type) => type,
    quote: escaped,
    matches: (text, pattern) => `${text} RLIKE ${pattern}`,
    replaceAll: (text, pattern, by) => `regexp_replace(${text}, ${pattern}, ${by})`,
  },
  bigquery: {
    text: 'STRING',
    integer: 'INT64',
    engine: '',
    settings: '',
    nullable: (type) => type,
    quote: escaped,
    matches: (text, pattern) => `REGEXP_CONTAINS(${text}, ${pattern})`,
    replaceAll: (text, pattern, by) => `REGEXP_REPLACE(${text}, ${pattern}, ${by})`,
  },
};
