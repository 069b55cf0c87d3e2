import { dirname, relative, resolve } from 'node:path';
import { completed } from '../../../catalogs/complete.ts';
import { builtIn, knowledgeOf } from '../../../catalogs/index.ts';
import type { PreviousCatalog } from '../../../catalogs/lint/finding.ts';
import { previousOf } from '../../../catalogs/lint/permanent.ts';
import { findingsIn, type LintedFile, lintReport } from '../../../catalogs/lint/report.ts';
import { catalogSchema } from '../../../catalogs/schema.ts';
import { upgraded } from '../../../catalogs/upgrade.ts';
import { catalogFilesOf } from '../../../config/catalog-files.ts';
import { loadLayers } from '../../../config/load.ts';
import { committed, isRevision } from '../../../input/committed.ts';
import { filesOf } from '../../../input/files.ts';
import { parsed } from '../../../input/parsed.ts';
import { readTextFile } from '../../../input/read-source.ts';
import { UsageError } from '../../../model/errors.ts';
import { LINT_REPORTS, type LintFormat } from '../../../render/formats.ts';
import { validateSource } from '../../../schema/validate.ts';
import { parseSource } from '../../../schema/yaml.ts';
import type { Terminal } from '../../../terminal/terminal.ts';
import { configuredSecretsOf } from '../../loaded-config.ts';
import { replaceCatalog } from '../replace-file.ts';
import { documentsBeside } from './documents.ts';

/** The command line of `catalog lint`. */
export interface CatalogLintArguments {
  /** Catalog files or globs; empty for those of the config. */
  files: string[];
  /** A file to compare IDs with, instead of git. */
  previous?: string;
  /** The revision of git to compare IDs with. */
  since?: string;
  strict?: boolean;
  /** True to upgrade files of version 1. */
  fix?: boolean;
  format: LintFormat;
}

/** Checks catalogs; returns the exit code: 1 for errors, and with `strict` for warnings. */
export async function runCatalogLint(args: CatalogLintArguments, terminal: Terminal): Promise<number> {
  const { effects, out, secrets } = terminal;
  await configuredSecretsOf(effects, secrets);
  const paths = await pathsOf(args.files, terminal);
  if (args.previous !== undefined && paths.length > 1)
    throw new UsageError('--previous compares with one file: name one catalog');
  const files: LintedFile[] = [];
  for (const path of paths) files.push(await lintFile(path, args, terminal));
  const report = secrets.redactAll(lintReport(files, args.strict === true));
  const look = { width: terminal.width('stdout'), color: terminal.color('stdout') };
  const text = await LINT_REPORTS[args.format](report, look);
  // As bytes: text output would neutralise the commands.
  if (args.format === 'github') {
    const annotations = out.bytes();
    await annotations.write(Buffer.from(text.toString()));
    await annotations.end();
  } else await out.write(text);
  return report.exit.code;
}

/** The files to check: those named, or those of the config. */
async function pathsOf(files: string[], { effects: { cwd, env } }: Terminal): Promise<string[]> {
  if (files.length > 0) {
    const found = await filesOf(files, cwd);
    if (found.length === 0) throw new UsageError(`no file matches ${files.join(', ')}`);
    return found;
  }
  const layers = await loadLayers(cwd, env);
  const named = await Promise.all(
    layers.map(async (layer) =>
      (await catalogFilesOf(layer)).map(({ path }) => relative(cwd, resolve(layer.folder, path))),
    ),
  );
  const all = [...new Set(named.flat())];
  if (all.length > 0) return all;
  throw new UsageError('name a catalog file: the config has no catalogs of your own');
}

async function lintFile(path: string, args: CatalogLintArguments, terminal: Terminal): Promise<LintedFile> {
  const { effects } = terminal;
  const { cwd, signal } = effects;
  const before = await readTextFile(path, cwd, { signal, mayBeEmpty: true });
  const better = args.fix === true && validateSource(before, catalogSchema).ok ? upgraded(before) : null;
  if (better !== null) await replaceCatalog(path, before, better, terminal);
  const text = better ?? before;
  const result = validateSource(text, catalogSchema);
  const blank = { path, catalog: null, entries: 0, comparedWith: null, fixed: better !== null };
  if (!result.ok) {
    const findings = result.problems.map(({ at, message }) => ({
      ...{ rule: 'schema' as const, severity: 'error' as const, entry: null },
      ...at,
      message,
    }));
    return { ...blank, findings };
  }
  const written = result.value;
  const catalog = completed(written, () => builtIn.http);
  const others = builtIn.apis.filter(({ id }) => id !== catalog.id);
  const previous = await previousVersion(path, args, effects);
  const findings = findingsIn(
    {
      catalog,
      written,
      previous,
      knowledge: knowledgeOf([catalog, ...others]),
      read: parsed,
      now: effects.now(),
      documentAt: documentsBeside(dirname(resolve(cwd, path)), cwd),
    },
    result.locate,
  );
  return {
    ...blank,
    catalog: catalog.id,
    entries: written.entries.length,
    comparedWith: previous?.name ?? null,
    findings,
  };
}

/** The version to compare IDs with: a file, or the one in git; null if there is none. */
async function previousVersion(
  path: string,
  { previous, since }: CatalogLintArguments,
  effects: Terminal['effects'],
): Promise<PreviousCatalog | null> {
  const { cwd, signal } = effects;
  if (previous !== undefined)
    return previousOf(previous, parseSource(await readTextFile(previous, cwd, { signal, mayBeEmpty: true })).value);
  const file = resolve(cwd, path);
  if (since !== undefined && !(await isRevision(since, dirname(file), effects)))
    throw new UsageError(`--since: git knows no revision ${since} here`);
  const revision = since ?? 'HEAD';
  const old = await committed(file, revision, effects);
  return old === null ? null : previousOf(revision, parseSource(old).value);
}
