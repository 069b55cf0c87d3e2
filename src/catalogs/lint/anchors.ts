import { valueAt } from '../../json/pointer.ts';
import { readHtml } from '../import/html.ts';
import { readMarkdown } from '../import/markdown.ts';
import { outlineOf, type Section } from '../import/outline.ts';
import type { LinkedDocument } from './finding.ts';

/**
 * A document that entries link to, by its text: the headings of a page as generators of pages name them, names in HTML,
 * and JSON Pointers into JSON and YAML.
 *
 * @param values the values of a JSON or YAML file; null for any other
 */
export function linkedDocument(path: string, text: string, values: unknown[] | null): LinkedDocument {
  if (values !== null) return { has: (fragment) => values.some((value) => valueAt(value, fragment) !== undefined) };
  const page = /\.html?$/i.test(path)
    ? readHtml(text)
    : /\.(?:mdx?|markdown|mdoc)$/i.test(path)
      ? readMarkdown(text)
      : null;
  // Anything else has no parts with names.
  if (page === null) return { has: () => true };
  const anchors = new Set([...anchorsIn(outlineOf('', page.blocks)), ...namesIn(text)]);
  // The second of two equal headings has a number.
  return { has: (fragment) => anchors.has(fragment) || anchors.has(fragment.replace(/-\d{1,3}$/, '')) };
}

function anchorsIn({ anchor, children }: Section): string[] {
  return [...(anchor === null ? [] : [anchor]), ...children.flatMap(anchorsIn)];
}

const namesIn = (text: string): string[] =>
  [...text.matchAll(/\b(?:id|name)=["']([^"']{1,200})["']|\{#([\w-]{1,200})\}/g)].map(
    ([, name, own]) => name ?? own ?? '',
  );
