import { statusPhrase } from '../../diagnosis/status.ts';
import type { CatalogText, WrittenEntry } from '../../model/catalog.ts';
import { listed } from '../../text/listed.ts';
import { saysMore } from '../says-more.ts';
import { NOT_DOCUMENTED } from '../starter.ts';
import type { Linted, RuleFinding } from './finding.ts';

/** Entries whose documented texts and codes only repeat what the status says. */
export function saysLittle({ written }: Linted): RuleFinding[] {
  return written.entries.flatMap((entry, i): RuleFinding[] => {
    const statuses = entry.match.status ?? [];
    if (statuses.length === 0 || saysMore(wordsOfEntry(entry), statuses)) return [];
    const message = `says no more than the status ${statuses.join(', ')}; add what causes it in this API, or leave it out`;
    return [{ entry: entry.id, path: ['entries', i], message }];
  });
}

/** The documented words about an error, including its codes as words. */
function wordsOfEntry({ match, title, cause, causes, resolution }: WrittenEntry): string {
  const documented = (text: CatalogText | undefined) => (typeof text === 'string' ? text : '');
  return [
    ...[...(match.code ?? []), ...(match.subcode ?? [])].map(inWords),
    ...(match.message ?? []),
    title,
    documented(cause),
    ...causes.map(({ text }) => documented(text)),
    ...(resolution ?? []).map(documented),
  ].join('\n');
}

/** `rateLimit_exceeded` as `rate Limit exceeded`. */
const inWords = (code: string): string =>
  code.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' ').replaceAll(/[^\p{L}\p{N}]+/gu, ' ');

/** Entries that were added for an error that was seen, and cite no document yet. */
export function uncited({ written }: Linted): RuleFinding[] {
  return written.entries.flatMap(({ id, source }, i): RuleFinding[] => {
    if (!source.section.startsWith(NOT_DOCUMENTED)) return [];
    const message = `is ${source.section}; document the error, and cite the section here`;
    return [{ entry: id, path: ['entries', i, 'source', 'section'], message }];
  });
}

/** Entries without a resolution, in one finding. */
export function missingResolutions({ written }: Linted): RuleFinding[] {
  const { entries } = written;
  const ids = entries.filter(({ resolution }) => resolution === undefined).map(({ id }) => id);
  if (ids.length === 0) return [];
  const first = entries.findIndex(({ id }) => id === ids[0]);
  const message = `${ids.length} of ${entries.length} entries have no resolution, so that general advice is shown: ${listed(ids, 5)}`;
  return [{ entry: null, path: ['entries', first], message }];
}

/** Statuses that neither a standard nor the general catalog knows. */
export function unknownStatuses({ written, knowledge }: Linted): RuleFinding[] {
  const known = new Set(knowledge.http.entries.flatMap(({ match }) => match.status ?? []));
  return written.entries.flatMap(({ id, match }, i) =>
    (match.status ?? []).flatMap((status, at): RuleFinding[] => {
      if (typeof status !== 'number' || status < 300 || known.has(status) || statusPhrase(status) !== '') return [];
      const message = `no standard has the status ${status}, and no known server sends it`;
      return [
        { entry: id, path: ['entries', i, 'match', 'status', ...(match.status?.length === 1 ? [] : [at])], message },
      ];
    }),
  );
}

/** A year, in milliseconds. */
const YEAR = 365 * 24 * 3600 * 1000;

/** Documents that were read more than a year ago. */
export function oldDocuments({ written, now }: Linted): RuleFinding[] {
  return Object.entries(written.docs).flatMap(([key, { date, title }]): RuleFinding[] => {
    if (date === undefined || now - Date.parse(date) <= YEAR) return [];
    const message = `“${title}” was read on ${date}, more than a year ago; compare the catalog with it and change the date`;
    return [{ entry: null, path: ['docs', key, 'date'], message }];
  });
}
