import { posix } from 'node:path';
import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { completed } from '../../src/catalogs/complete.ts';
import { builtIn } from '../../src/catalogs/index.ts';
import { catalogSchema } from '../../src/catalogs/schema.ts';
import type { Catalog } from '../../src/model/catalog.ts';
import { siteSchema } from '../../src/render/site/schema.ts';
import { renderSite } from '../../src/render/site/site.ts';
import { visibleLine } from '../../src/render/text.ts';
import { HOSTILE_CATALOG } from '../helpers/hostile-catalog.ts';

const ALL: Catalog[] = [...builtIn.apis, builtIn.http, builtIn.network, builtIn.gateways, ...builtIn.codes];
const HOSTILE = completed(catalogSchema.parse(HOSTILE_CATALOG));

const filesOf = (catalogs: Catalog[], baseUrl: string | null = null, name = 'API errors') =>
  new Map([...renderSite(catalogs, { name, baseUrl })].map(([file, text]) => [file, String(text)]));

/** An element, with the text in it. */
interface Element {
  name: string;
  attributes: Record<string, string>;
  text: string;
}

/** The elements of a page, as a parser of HTML sees them; throws for a tag that is not closed. */
function elementsOf(html: string): Element[] {
  const all: Element[] = [];
  const open: Element[] = [];
  const VOID = /^(?:meta|link|input|br)$/;
  const parser = new Parser({
    onopentag(name, attributes) {
      const element = { name, attributes, text: '' };
      all.push(element);
      open.push(element);
    },
    ontext(text) {
      for (const element of open) element.text += text;
    },
    onclosetag(name, isImplied) {
      if (isImplied && !VOID.test(name)) throw new Error(`${name} is not closed`);
      open.pop();
    },
  });
  parser.end(html);
  return all;
}

const pagesOf = (files: Map<string, string>) =>
  [...files].filter(([file]) => file.endsWith('.html')).map(([file, html]) => ({ file, all: elementsOf(html) }));

describe('a site', () => {
  const files = filesOf(ALL, 'https://errors.example.com');
  const pages = pagesOf(files);
  const named = (file: string) => pages.find((page) => page.file === file)?.all ?? [];
  const textOf = (file: string) =>
    named(file)
      .find(({ name }) => name === 'main')
      ?.text.replaceAll(/\s+/g, ' ') ?? '';

  it('has a page for each entry, whose address is its ID, and one for each catalog', () => {
    const ids = ALL.flatMap(({ id, entries }) => [id, ...entries.map((entry) => `${id}/${entry.id}`)]);
    for (const id of ids) expect(files.has(`${id}/index.html`), id).toBe(true);
    expect(pages).toHaveLength(ids.length + 3);
  });

  it('leads from each of its indexes to entries, and from each link to a page that is there', () => {
    const anchors = new Set(pages.flatMap(({ file, all }) => all.map(({ attributes: { id } }) => `${file}#${id}`)));
    const dead = pages.flatMap(({ file, all }) =>
      all
        .flatMap(({ attributes: { href, src } }) => href ?? src ?? [])
        .filter((to) => !/^https?:\/\//.test(to))
        .map((to) => (to.startsWith('#') ? file + to : posix.join(posix.dirname(file), to)))
        .filter((to) => (to.includes('#') ? !anchors.has(to) : !files.has(to))),
    );
    expect(dead).toEqual([]);
    const linked = (file: string) => new Set(named(file).flatMap(({ attributes: { href } }) => href ?? []));
    const entries = ALL.flatMap(({ id, entries }) =>
      entries.map((entry) => ({ path: `${id}/${entry.id}/index.html`, entry })),
    );
    for (const { path, entry } of entries) {
      expect(linked('index.html'), path).toContain(path);
      expect(linked('categories.html'), path).toContain(path);
      if (entry.match.code !== undefined) expect(linked('codes.html'), path).toContain(path);
    }
  });

  it('is headed once on each page, and uses each fragment once', () => {
    for (const { file, all } of pages) {
      expect(
        all.filter(({ name }) => name === 'h1'),
        file,
      ).toHaveLength(1);
      const ids = all.flatMap(({ attributes: { id } }) => id ?? []);
      expect(new Set(ids).size, file).toBe(ids.length);
    }
    const titles = pages
      .filter(({ file }) => file.startsWith('victims/'))
      .map(({ all }) => all.find(({ name }) => name === 'title')?.text);
    expect(titles).toContain('403 KEY_LOCKED · API errors');
  });

  it('says of an entry what the catalog says, and who says so', () => {
    const page = textOf('victims/quota-exhausted/index.html');
    expect(page).toContain('429 Too Many Requests The daily cost-unit budget is used up QUOTA_EXHAUSTED quota');
    expect(page).toContain('Your daily cost-unit budget is fully consumed. documented');
    expect(page).toContain('make fewer or cheaper requests, or have it raised. general');
    expect(page).toContain(
      'Retry Yes, after the wait the server specifies Retry after the seconds in Retry-After. documented',
    );
    expect(page).toContain('HTTP 429 Too Many Requests Retry-After: 43200 { "error": { "code": "QUOTA_EXHAUSTED"');
    expect(page).toContain('Victims, Errors, Rate limiting (429)');
    expect(page).toContain('https://errors.example.com/victims/quota-exhausted');
  });

  it('does not mark general knowledge, which no API documents', () => {
    expect(textOf('http/too-many-requests/index.html')).not.toMatch(/\b(?:general|documented)\b/);
  });

  it('leads to the entries before and after', () => {
    const links = (rel: string) =>
      named('victims/key-locked/index.html').filter(({ name, attributes }) => name === 'a' && attributes.rel === rel);
    expect(links('prev').map(({ attributes: { href } }) => href)).toEqual(['../../victims/key-revoked/index.html']);
    expect(links('next').map(({ attributes: { href } }) => href)).toEqual([
      '../../victims/customer-inactive/index.html',
    ]);
  });

  it('knows its address only if it is told', () => {
    const canonical = (files: Map<string, string>) =>
      /rel="canonical" href="([^"]*)"/.exec(files.get('victims/key-locked/index.html') ?? '')?.[1];
    expect(canonical(files)).toBe('https://errors.example.com/victims/key-locked/');
    const bare = filesOf(builtIn.apis);
    expect(canonical(bare)).toBeUndefined();
    expect(bare.get('victims/key-locked/index.html')).not.toContain('Problem type');
  });

  it('has all of it as JSON that fits its schema', () => {
    const { entries } = siteSchema.parse(JSON.parse(files.get('errors.json') ?? ''));
    expect(entries.find(({ id }) => id === 'victims/key-locked')?.type).toBe(
      'https://errors.example.com/victims/key-locked',
    );
    expect(entries.filter(({ api }) => api === null).length).toBeGreaterThan(300);
  });

  it('is the same bytes for the same catalogs', () => {
    expect([...filesOf(ALL, 'https://errors.example.com')]).toEqual([...files]);
  });
});

describe('a site of a hostile catalog', () => {
  const files = filesOf([HOSTILE], 'https://errors.example.com', '</title><script>owned</script>');
  const pages = pagesOf(files);

  it('runs nothing but its own script, loads nothing from elsewhere, and styles nothing inline', () => {
    for (const { file, all } of pages) {
      const scripts = all.filter(({ name }) => name === 'script');
      expect(
        scripts.map(({ attributes: { src } }) => src?.replaceAll('../', '')),
        file,
      ).toEqual(['site.js']);
      expect(
        all
          .filter(({ name }) => /^(?:img|iframe|object|embed|style|base|svg|form)$/.test(name))
          .map(({ name }) => name),
      ).toEqual(['form']);
      const attributes = all.flatMap((one) => Object.entries(one.attributes));
      expect(attributes.filter(([name]) => /^on|^style$|^srcdoc$/.test(name))).toEqual([]);
      const addresses = attributes.filter(([name]) => /^(?:href|src|action)$/.test(name)).map(([, to]) => to);
      expect(addresses.filter((to) => /^[a-z]+:/i.test(to) && !to.startsWith('https://'))).toEqual([]);
      const policy = all.find(({ attributes: { 'http-equiv': name } }) => name === 'Content-Security-Policy')
        ?.attributes.content;
      expect(policy).toMatch(/^default-src 'none';(?!.*(?:unsafe|https?:|\*))/);
    }
  });

  it('shows each text as it is', () => {
    for (const { id, title } of HOSTILE.entries) {
      const page = pages.find(({ file }) => file === `hostile/${id}/index.html`)?.all;
      expect(page?.find(({ name }) => name === 'h1')?.text).toBe(visibleLine(title));
    }
  });

  it('has a search index that is one statement', () => {
    const [, json = ''] = /^globalThis\.errprobeIndex = (\[.*\]);\n$/s.exec(files.get('search-index.js') ?? '') ?? [];
    expect(JSON.parse(json)).toHaveLength(HOSTILE.entries.length);
  });
});
