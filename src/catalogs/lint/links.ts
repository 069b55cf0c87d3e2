import type { Linted, RuleFinding } from './finding.ts';

/** Addresses of files beside the catalog that are not there, or lack the part that is linked to. */
export function deadLinks({ written, documentAt }: Linted): RuleFinding[] {
  const places = [
    ...Object.entries(written.docs).map(([key, { address }]) => ({
      entry: null,
      path: ['docs', key, 'address'],
      address,
    })),
    ...written.entries.flatMap(({ id, source, see }, i) => [
      { entry: id, path: ['entries', i, 'source', 'address'], address: source.address },
      ...see.map((address, at) => ({ entry: id, path: ['entries', i, 'see', at], address })),
    ]),
  ];
  return places.flatMap(({ entry, path, address }): RuleFinding[] => {
    if (address === undefined || !isPath(address)) return [];
    const [file = '', fragment = ''] = [address.split('#')[0], address.split('#').slice(1).join('#')];
    const document = documentAt(file);
    if (document === undefined) return [];
    if (document === null) return [{ entry, path, message: `links to ${file}, which is not there` }];
    if (fragment === '' || document.has(decoded(fragment))) return [];
    return [{ entry, path, message: `links to #${fragment}, which ${file} does not have` }];
  });
}

/** A path to a file; addresses with a scheme or a host, and titles of pages, are none. */
const isPath = (address: string): boolean => /^(?![a-z][a-z\d+.-]*:|\/\/)[^\s#]+\.[a-z]+(?:#.*)?$/i.test(address);

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
