import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { CompiledCatalogs } from '../config/catalogs.ts';
import type { Catalog } from '../model/catalog.ts';
import { version } from '../version.ts';
import { type Owner, ownFolder } from './own-folder.ts';

/** More files than catalogs that anybody uses: the others are of earlier contents. */
const MOST_FILES = 50;

/**
 * Users' catalogs as errprobe compiled them, in the user's own cache folder: with 1,000 entries,
 * `explain` takes 7 ms of processor time more than with a built-in catalog, instead of 1.2 seconds.
 *
 * A file is named for the version of errprobe and the whole text of the catalog, and begins with the
 * hash of what follows. It is used only if it belongs to the user and nobody else can write to it;
 * anything else counts as missing.
 */
export function catalogCache(owner: Owner): CompiledCatalogs {
  // The folder is looked at when the first catalog is read.
  let folder: string | null | undefined;
  const fileOf = (text: string, make: boolean): string | null => {
    if (folder === undefined || (folder === null && make)) folder = folderOf(owner, make);
    return folder === null ? null : join(folder, `${digest(`${version}\n${text}`)}.json`);
  };
  return {
    read: (text) => {
      const file = fileOf(text, false);
      return file === null ? null : readCompiled(file, owner.uid);
    },
    keep: (text, catalog) => {
      const file = fileOf(text, true);
      if (file !== null) writeCompiled(file, catalog);
    },
  };
}

function folderOf(owner: Owner, make: boolean): string | null {
  const { path, problem } = ownFolder('cache', ['catalogs'], owner, make);
  return problem === null ? path : null;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The length of a digest in hexadecimal digits. */
const DIGEST = 64;

function readCompiled(file: string, uid: number | null): Catalog | null {
  try {
    const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      const stats = fstatSync(descriptor);
      if (!stats.isFile() || (uid !== null && (stats.uid !== uid || (stats.mode & 0o077) !== 0))) return null;
      const content = readFileSync(descriptor, 'utf8');
      const json = content.slice(DIGEST + 1);
      return content.slice(0, DIGEST) === digest(json) ? (JSON.parse(json) as Catalog) : null;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return null;
  }
}

/** Writes a whole file or none; a full disk only costs time at the next start. */
function writeCompiled(file: string, catalog: Catalog): void {
  try {
    const json = JSON.stringify(catalog);
    const written = `${file}.${digest(json).slice(0, 8)}.tmp`;
    rmSync(written, { force: true });
    writeFileSync(written, `${digest(json)}\n${json}`, { mode: 0o600, flag: 'wx' });
    renameSync(written, file);
    removeOld(join(file, '..'));
  } catch {
    // The catalog is compiled again next time.
  }
}

function removeOld(folder: string): void {
  const names = readdirSync(folder);
  if (names.length > MOST_FILES) for (const name of names) rmSync(join(folder, name), { force: true });
}
