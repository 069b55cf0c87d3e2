import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { constants, Script } from 'node:vm';
import { type Owner, ownFolder } from './terminal/own-folder.ts';

/** One chunk of the program, with the code that V8 made of it. */
interface Chunk {
  exports: object;
  script: Script;
  /** Where its code is kept. */
  cacheFile: string;
  isKept: boolean;
}

/**
 * Loads the program's chunks as CommonJS, with the code that V8 compiled for an earlier start.
 *
 * The code lies in the user's own cache folder, or nowhere: whoever can write there could run a program of theirs. V8
 * itself refuses what another version or other flags made, but knows a text by its length only, so that the name of the
 * file stands for all of it. Without the folder, or with nothing in it, only time is lost.
 */
export class Loader {
  readonly #chunks = new Map<string, Chunk>();
  readonly #folder: string | null;

  /** @param folder where compiled code lies; null for nowhere */
  constructor(folder: string | null) {
    this.#folder = folder;
  }

  /** What the module of a path exports. */
  load(path: string): object {
    const known = this.#chunks.get(path);
    if (known !== undefined) return known.exports;
    const text = readFileSync(path, 'utf8');
    const cacheFile = join(this.#folder ?? '', codeName(basename(path), text));
    const cachedData = this.#folder === null ? undefined : contentOf(cacheFile);
    const script = new Script(`(function (exports, require, module, __filename, __dirname) {${text}\n})`, {
      filename: path,
      ...(cachedData === undefined ? {} : { cachedData }),
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    const isKept = cachedData !== undefined && script.cachedDataRejected === false;
    const module = { exports: {} };
    const chunk: Chunk = { exports: module.exports, script, cacheFile, isKept };
    this.#chunks.set(path, chunk);
    const requireBuiltIn = createRequire(path);
    const require = (name: string) =>
      name.startsWith('.') ? this.load(join(dirname(path), name)) : requireBuiltIn(name);
    script.runInThisContext()(module.exports, require, module, path, dirname(path));
    chunk.exports = module.exports;
    return chunk.exports;
  }

  /** Keeps the code of what was loaded, with the functions that have run; of a chunk that is kept, nothing is done. */
  keep(): void {
    if (this.#folder === null) return;
    try {
      for (const { script, cacheFile, isKept } of this.#chunks.values()) {
        if (isKept) continue;
        const written = `${cacheFile}.${process.pid}.tmp`;
        writeFileSync(written, script.createCachedData(), { mode: 0o600 });
        renameSync(written, cacheFile);
      }
      removeOld(this.#folder);
    } catch {
      // A full disk, a folder that has gone: the next start takes a little longer.
    }
  }
}

/** A name that no other text has: the bundler puts a hash into those of chunks. */
function codeName(name: string, text: string): string {
  if (/-[\w-]{8}\.cjs$/.test(name)) return name;
  // FNV-1a
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return `${name}-${hash >>> 0}`;
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** No build has as many chunks; what more there is belongs to builds that nobody may have any more. */
const MOST_FILES = 200;

function removeOld(folder: string): void {
  const names = readdirSync(folder);
  if (names.length > MOST_FILES) for (const name of names) rmSync(join(folder, name), { force: true });
}

/** The folder for the code that this version of V8 makes, or null where there is none that is safe. */
export function codeFolder(owner: Owner): string | null {
  const { path, problem } = ownFolder('cache', ['compiled', `${process.versions.v8}-${process.arch}`], owner, true);
  return problem === null ? path : null;
}

/** Runs the program that lies beside this file. */
export function start(): void {
  // The version and the help are said sooner than the folder is looked at.
  const isShort = process.argv.length === 3 && /^-(?:V|h|-version|-help)$/.test(process.argv[2] ?? '');
  const loader = new Loader(isShort ? null : codeFolder({ env: process.env, uid: process.geteuid?.() ?? null }));
  const { main } = loader.load(join(__dirname, 'cli.cjs')) as typeof import('./cli.ts');
  main().then((code) => {
    process.exitCode = code;
    loader.keep();
  });
}
