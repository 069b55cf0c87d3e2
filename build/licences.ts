import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes the licences of all bundled packages beside the bundle, as they require. */
export function licencesPlugin() {
  return {
    name: 'errprobe-licences',
    generateBundle(
      this: { emitFile(file: { type: 'asset'; fileName: string; source: string }): unknown },
      _: unknown,
      bundle: Record<string, { type: string; moduleIds?: string[] }>,
    ) {
      const modules = Object.values(bundle).flatMap(({ moduleIds = [] }) => moduleIds);
      const folders = new Set(modules.flatMap((id) => packageOf(id) ?? []));
      const notices = [...folders].sort().map(noticeOf);
      this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-LICENCES.txt', source: notices.join('\n\n') });
    },
  };
}

/** The folder of the package that a module belongs to, or null for one of ours. */
function packageOf(id: string): string | null {
  if (!id.includes('node_modules')) return null;
  let folder = dirname(id.replace(/^\0+/, '').split('?')[0] ?? '');
  while (folder.includes('node_modules')) {
    const file = join(folder, 'package.json');
    // Some folders within a package have a package.json that only says how to load them.
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version !== undefined) return folder;
    folder = dirname(folder);
  }
  return null;
}

function noticeOf(folder: string): string {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const by = typeof author === 'object' ? author?.name : author;
  const text =
    file === undefined ? `Licence: ${license}${by ? `. Author: ${by}` : ''}` : readFileSync(join(folder, file), 'utf8');
  return `${'='.repeat(72)}\n${name} ${version}\n${'='.repeat(72)}\n${text.trim()}\n`;
}
