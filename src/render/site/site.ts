import { type ShownEntry, shownEntry } from '../../catalogs/entry-report.ts';
import type { JsonDocument } from '../../json/document.ts';
import type { Catalog } from '../../model/catalog.ts';
import { renderJson } from '../json.ts';
import { problemType } from './addresses.ts';
import { entryPage } from './entry-page.ts';
import { catalogPage, indexPages } from './index-pages.ts';
import { type Frame, renderPage } from './page.ts';
import { SCRIPT } from './script.ts';
import { searchIndex } from './search-index.ts';
import { ICON, STYLE } from './style.ts';

/** The document `errors.json` of a site, version 1; fields are only added within it. */
export interface SiteReport {
  schema: 'errprobe/site@1';
  name: string;
  /** The address of the site; null if it is unknown. */
  baseUrl: string | null;
  catalogs: { id: string; name: string }[];
  entries: SiteEntry[];
}

/** An entry of a site. */
export interface SiteEntry extends ShownEntry {
  /** Its problem type (RFC 9457), which is the address of its page or its code; null if the address is unknown. */
  type: string | null;
}

/** The file by which a folder is recognized as a site. */
export const SITE_FILE = 'errors.json';

/** A site as its files, in the order in which they are put in place. The same input gives the same bytes. */
export function renderSite(catalogs: Catalog[], frame: Frame): Map<string, string | JsonDocument> {
  const { name, baseUrl } = frame;
  const shown = catalogs.map((catalog) => ({
    catalog,
    entries: catalog.entries.map((entry): SiteEntry => {
      const whole = shownEntry({ catalog, entry });
      return { ...whole, type: baseUrl === null ? null : problemType(entry.match.code ?? [], whole.id, baseUrl) };
    }),
  }));
  const report: SiteReport = {
    schema: 'errprobe/site@1',
    name,
    baseUrl,
    catalogs: catalogs.map(({ id, name: own }) => ({ id, name: own })),
    entries: shown.flatMap(({ entries }) => entries),
  };
  const pages = [
    ...shown.flatMap(({ catalog, entries }) =>
      entries.map((entry, i) =>
        entryPage({ shown: entry, catalog, type: entry.type, previous: entries[i - 1], next: entries[i + 1] }),
      ),
    ),
    ...shown.map(catalogPage),
    ...indexPages(shown, frame),
  ];
  return new Map<string, string | JsonDocument>([
    ['site.css', STYLE],
    ['site.js', SCRIPT],
    ['icon.svg', ICON],
    ['search-index.js', searchIndex(shown)],
    ...pages.map((page): [string, string] => [page.file, renderPage(page, frame)]),
    [SITE_FILE, renderJson(report)],
  ]);
}
