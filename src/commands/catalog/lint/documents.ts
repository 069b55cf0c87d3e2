import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { linkedDocument } from '../../../catalogs/lint/anchors.ts';
import type { LinkedDocument } from '../../../catalogs/lint/finding.ts';
import { LARGEST_DOCUMENT, readRegularFile } from '../../../config/regular-file.ts';
import { parseDocuments } from '../../../schema/yaml.ts';

/** Opens documents that a catalog links to, each once: relative to the catalog, else to the working directory. */
export function documentsBeside(folder: string, cwd: string): (address: string) => LinkedDocument | null {
  const opened = new Map<string, LinkedDocument | null>();
  return (address) => {
    const known = opened.get(address);
    if (known !== undefined) return known;
    const path = [folder, cwd].map((base) => resolve(base, address)).find(existsSync);
    const document = path === undefined ? null : read(path);
    opened.set(address, document);
    return document;
  };
}

function read(path: string): LinkedDocument | null {
  const text = readRegularFile(path, LARGEST_DOCUMENT);
  if (text === null) return ANYTHING;
  try {
    const values = /\.json$/i.test(path) ? [JSON.parse(text)] : /\.ya?ml$/i.test(path) ? parseDocuments(text) : null;
    return linkedDocument(path, text, values);
  } catch {
    return ANYTHING;
  }
}

/** A document that cannot be read, or is broken, says nothing about its parts. */
const ANYTHING: LinkedDocument = { has: () => true };
