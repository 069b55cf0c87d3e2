import type { ShownEntry } from '../../catalogs/entry-report.ts';
import { statusPhrase } from '../../diagnosis/status.ts';
import type { Catalog, StatusPattern } from '../../model/catalog.ts';
import { CATEGORIES } from '../../model/words.ts';
import { counted } from '../words.ts';
import { pageFile } from './addresses.ts';
import { type Frame, INDEXES, type Page, rootOf } from './page.ts';
import { classOf, link, namesOf, RETRY, statusesOf, text } from './words.ts';

/** A catalog with its entries as they are shown. */
export interface ShownCatalog {
  catalog: Catalog;
  entries: ShownEntry[];
}

/** Entries with something in common. */
interface Group {
  /** The fragment of its heading. */
  anchor: string;
  /** A short name for the way to it. */
  short: string;
  /** HTML of its heading. */
  heading: string;
  entries: ShownEntry[];
}

/** The indexes by status, code and category. */
export function indexPages(catalogs: ShownCatalog[], frame: Frame): Page[] {
  const entries = catalogs.flatMap((one) => one.entries);
  const names = new Map(catalogs.map(({ catalog }) => [catalog.id, catalog.name]));
  const whose = catalogs.length > 1 ? ({ id }: ShownEntry) => names.get(id.split('/')[0] ?? '') ?? '' : () => '';
  const groups = [statusGroups(entries), codeGroups(entries), categoryGroups(entries)];
  const leads = [
    `<p class="lead">${counted(entries.length, 'error')}: what each of them means, what to do, and whether to retry.</p>${catalogs.length > 1 ? catalogList(catalogs) : ''}`,
    '<p class="lead">Errors by the code that they carry; those without one are found by status or category.</p>',
    '<p class="lead">Errors by what they are about.</p>',
  ];
  return INDEXES.map(({ file, name }, i) => {
    const title = i === 0 ? frame.name : `${name}`;
    return {
      file,
      title,
      description: `${frame.name}: ${counted(entries.length, 'error')} by ${['status', 'code', 'category'][i]}.`,
      main: `<header class="head"><h1>${text(title)}</h1>\n${leads[i]}</header>\n${listing(groups[i] ?? [], '', whose, i === 0)}`,
    };
  });
}

/** The page of a catalog: what it covers, and its entries. */
export function catalogPage({ catalog, entries }: ShownCatalog): Page {
  const { id, name, baseUrl, support, docs } = catalog;
  const cited = Object.values(docs);
  const facts: [string, string][] = [
    ['Address', baseUrl === undefined ? '' : `<code>${text(baseUrl)}</code>`],
    ['Support', support?.contact == null ? '' : text(support.contact)],
    ['Send', support === undefined || support.include.length === 0 ? '' : text(support.include.join(', '))],
    // Many documents are those of single entries, which link to them.
    ['Documents', cited.length > 8 ? '' : cited.map(({ title, address }) => link(address ?? '', title)).join('<br>')],
  ];
  const rows = facts.filter(([, value]) => value !== '').map(([label, value]) => `<dt>${label}</dt><dd>${value}</dd>`);
  const file = pageFile(id);
  return {
    file,
    title: name,
    description: `${counted(entries.length, 'error')} of ${name}.`,
    main: `<header class="head"><h1>${text(name)}</h1>
<p class="lead">${counted(entries.length, 'error')}</p>
${rows.length === 0 ? '' : `<dl class="about">${rows.join('')}</dl>`}</header>
${listing(statusGroups(entries), rootOf(file), () => '', true)}`,
  };
}

function catalogList(catalogs: ShownCatalog[]): string {
  const rows = catalogs.map(
    ({ catalog, entries }) =>
      `<li><a href="${pageFile(catalog.id)}">${text(catalog.name)}</a> <span class="quiet">${entries.length}</span></li>`,
  );
  return `<ul class="catalogs" aria-label="Catalogs">${rows.join('')}</ul>`;
}

function listing(groups: Group[], root: string, whose: (entry: ShownEntry) => string, isByStatus: boolean): string {
  const jumps = groups.map(({ anchor, short }) => `<li><a href="#${anchor}">${text(short)}</a></li>`).join('');
  const jump = groups.length < 3 ? '' : `<nav class="jump" aria-label="On this page"><ul>${jumps}</ul></nav>\n`;
  const sections = groups.map(
    ({ anchor, heading, entries }) => `<section class="group">
<h2 id="${anchor}">${heading}</h2>
<ul class="entries">
${rows(entries, root, whose, isByStatus).join('\n')}
</ul>
</section>`,
  );
  return jump + sections.join('\n');
}

/** Entries in a list. Below a heading with their status, it is not repeated; where some have codes, titles line up. */
function rows(
  entries: ShownEntry[],
  root: string,
  whose: (entry: ShownEntry) => string,
  isByStatus: boolean,
): string[] {
  const gap = entries.some(({ match }) => namesOf(match).length > 0) ? '<span class="gap"></span>' : '';
  return entries.map((entry) => {
    const { id, match, title, retry } = entry;
    const names = namesOf(match);
    const code = names.length === 0 ? gap : `<code>${text(names.join(', '))}</code> `;
    const status = isByStatus ? '' : `<b class="status s${classOf(match.status?.[0])}">${text(statusesOf(match))}</b> `;
    const note = [whose(entry), RETRY[retry.advice]].filter((part) => part !== '').join(' · ');
    return `<li><a href="${root}${pageFile(id)}">${status}${code}<span class="title">${text(title)}</span></a> <span class="quiet">${text(note)}</span></li>`;
  });
}

function statusGroups(entries: ShownEntry[]): Group[] {
  const statuses = [...new Set(entries.flatMap(({ match }) => match.status ?? []))].sort(byStatus);
  const groups = statuses.map((status): Group => {
    const phrase = typeof status === 'number' ? statusPhrase(status) : '';
    return {
      anchor: `status-${status}`,
      short: String(status),
      heading: `<span class="s${classOf(status)}">${status}</span> ${text(phrase)}`,
      entries: entries.filter(({ match }) => match.status?.includes(status)),
    };
  });
  const none = entries.filter(({ match }) => match.status === undefined);
  const heading = none.every(({ match }) => match.code === undefined) ? 'No response' : 'Any status';
  return none.length === 0 ? groups : [...groups, { anchor: 'status-none', short: heading, heading, entries: none }];
}

/** `404` before `4xx`, both before `500`. */
const byStatus = (a: StatusPattern, b: StatusPattern): number => (String(a) < String(b) ? -1 : 1);

function codeGroups(entries: ShownEntry[]): Group[] {
  const byLetter = new Map<string, { name: string; entry: ShownEntry }[]>();
  for (const entry of entries) {
    // Who answers is no code.
    for (const name of namesOf({ ...entry.match, answerer: [] })) {
      const letter = /^[a-z]/i.test(name) ? name.charAt(0).toUpperCase() : /^-?\d/.test(name) ? '0–9' : '#';
      byLetter.set(letter, [...(byLetter.get(letter) ?? []), { name, entry }]);
    }
  }
  const letters = [...byLetter].sort(([a], [b]) => (a < b ? -1 : 1));
  return letters.map(([letter, named]) => ({
    anchor: letter === '#' ? 'code-other' : letter.length > 1 ? 'code-numbers' : `code-${letter.toLowerCase()}`,
    short: letter,
    heading: letter,
    entries: [...new Set(named.sort(byName).map(({ entry }) => entry))],
  }));
}

/** By code, whatever its case; not by the rules of a language, which depend on the machine. */
function byName(a: { name: string }, b: { name: string }): number {
  const [one, other] = [a.name.toLowerCase(), b.name.toLowerCase()];
  return one === other ? 0 : one < other ? -1 : 1;
}

function categoryGroups(entries: ShownEntry[]): Group[] {
  return CATEGORIES.map((category) => ({
    anchor: `category-${category}`,
    short: category,
    heading: category,
    entries: entries.filter((entry) => entry.category === category),
  })).filter((group) => group.entries.length > 0);
}
