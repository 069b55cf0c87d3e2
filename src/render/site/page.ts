import { text } from './words.ts';

/** The parts that all pages of a site share. */
export interface Frame {
  /** The name of the site. */
  name: string;
  /** Its address without a slash at the end; null if it is unknown. */
  baseUrl: string | null;
}

/** A page of a site. */
export interface Page {
  /** The path of its file: `victims/key-locked/index.html`. */
  file: string;
  title: string;
  /** One sentence for search engines. */
  description: string;
  /** The HTML of its main part. */
  main: string;
  previous?: string | undefined;
  next?: string | undefined;
}

/** The indexes of a site: their files and names. */
export const INDEXES = [
  { file: 'index.html', name: 'Statuses' },
  { file: 'codes.html', name: 'Codes' },
  { file: 'categories.html', name: 'Categories' },
] as const;

/**
 * Nothing is loaded but the files of the site. `file:` is for a site that is opened from a disk, where `'self'` means
 * nothing; a site on the web cannot load such an address.
 */
const POLICY =
  "default-src 'none'; style-src 'self' file:; script-src 'self' file:; img-src 'self' file:; base-uri 'none'; form-action 'none'";

/** The way from a page to the root of its site: `../../`. */
export const rootOf = (file: string): string => '../'.repeat(file.split('/').length - 1);

/** A whole page. Search is hidden until its script runs. */
export function renderPage({ file, title, description, main, previous, next }: Page, frame: Frame): string {
  const root = rootOf(file);
  const name = title === frame.name ? text(title) : `${text(title)} · ${text(frame.name)}`;
  const address = frame.baseUrl === null ? null : `${frame.baseUrl}/${file.replace(/(?:^|(?<=\/))index\.html$/, '')}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="description" content="${text(description)}">
<title>${name}</title>
${address === null ? '' : `<link rel="canonical" href="${text(address)}">\n`}<link rel="icon" href="${root}icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${root}site.css">
<link rel="alternate" type="application/json" href="${root}errors.json" title="All errors as JSON">
${relation('prev', previous, root)}${relation('next', next, root)}<script src="${root}site.js" data-root="${root}" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="top">
<div class="bar">
<a class="home" href="${root}index.html">${text(frame.name)}</a>
<nav aria-label="Indexes">${INDEXES.map((index) => indexLink(index, file, root)).join('')}</nav>
<form role="search" hidden>
<label class="unseen" for="search">Search errors</label>
<input id="search" type="search" autocomplete="off" spellcheck="false" placeholder="Code, status or words" aria-describedby="search-help">
<span id="search-help" class="unseen">Press slash to search, and the arrow keys to move through the results.</span>
<kbd aria-hidden="true">/</kbd>
</form>
</div>
<section id="results" aria-label="Search results" hidden><p role="status"></p><ol></ol></section>
</header>
<main id="main">
${main}
</main>
<footer>
<p><a href="${root}errors.json">errors.json</a> has all of this for programs.</p>
</footer>
</body>
</html>
`;
}

function relation(kind: 'prev' | 'next', file: string | undefined, root: string): string {
  return file === undefined ? '' : `<link rel="${kind}" href="${root}${text(file)}">\n`;
}

function indexLink({ file, name }: (typeof INDEXES)[number], here: string, root: string): string {
  return `<a href="${root}${file}"${file === here ? ' aria-current="page"' : ''}>${name}</a>`;
}
