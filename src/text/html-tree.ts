import { Parser } from 'htmlparser2';
import { lookup } from './lookup.ts';

/** An element of a page. */
export interface HtmlElement {
  /** As written: elements of HTML in small letters, components with a capital. */
  tag: string;
  attributes: Record<string, string>;
  children: HtmlNode[];
}

/** An element, or a text with its entities decoded. */
export type HtmlNode = HtmlElement | string;

/** Deeper elements are read as children of the last one that is not too deep. */
const DEEPEST = 256;

/** Elements that end when a new one of the same group begins, within the nearest element named as their limit. */
const ENDS: Record<string, { ends: string[]; within: string[] }> = {
  li: { ends: ['li'], within: ['ul', 'ol', 'menu'] },
  dt: { ends: ['dt', 'dd'], within: ['dl'] },
  dd: { ends: ['dt', 'dd'], within: ['dl'] },
  tr: { ends: ['tr', 'td', 'th'], within: ['table'] },
  td: { ends: ['td', 'th'], within: ['tr', 'table'] },
  th: { ends: ['td', 'th'], within: ['tr', 'table'] },
  thead: { ends: ['thead', 'tbody', 'tfoot', 'tr', 'td', 'th'], within: ['table'] },
  tbody: { ends: ['thead', 'tbody', 'tfoot', 'tr', 'td', 'th'], within: ['table'] },
  tfoot: { ends: ['thead', 'tbody', 'tfoot', 'tr', 'td', 'th'], within: ['table'] },
};

const ENDS_PARAGRAPH =
  /^(?:address|article|aside|blockquote|details|div|dl|fieldset|figure|footer|form|h[1-6]|header|hr|main|menu|nav|ol|p|pre|section|table|ul)$/;

const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'wbr']);

/**
 * Parses HTML, or Markdown's HTML with components, to a tree. Tags that were left open are closed as
 * the HTML standard says for lists, tables and paragraphs. Never throws.
 *
 * @param isText whether a tag is no element but a placeholder in a text, as `<request name>`
 */
export function htmlTree(html: string, isText: (tag: string) => boolean = () => false): HtmlElement {
  const root: HtmlElement = { tag: 'root', attributes: {}, children: [] };
  const open = [root];
  const top = () => open.at(-1) as HtmlElement;
  const say = (text: string) => {
    const { children } = top();
    const last = children.at(-1);
    if (typeof last === 'string') children[children.length - 1] = last + text;
    else children.push(text);
  };
  const endImplied = (tag: string) => {
    const rule =
      lookup(ENDS, tag) ?? (ENDS_PARAGRAPH.test(tag) ? { ends: ['p'], within: ['td', 'th', 'li', 'div'] } : null);
    if (rule === null) return;
    for (let at = open.length - 1; at > 0; at--) {
      const name = open[at]?.tag ?? '';
      if (rule.within.includes(name)) return;
      if (rule.ends.includes(name)) open.length = at;
    }
  };
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const tag = /^[A-Z][a-z]/.test(name) ? name : name.toLowerCase();
        if (isText(tag)) {
          say(
            `<${[name, ...Object.entries(attributes).map(([key, value]) => (value ? `${key}="${value}"` : key))].join(' ')}>`,
          );
          return;
        }
        endImplied(tag);
        const element = { tag, attributes, children: [] };
        top().children.push(element);
        if (!VOID.has(tag) && open.length < DEEPEST) open.push(element);
      },
      ontext: say,
      onclosetag(name) {
        const tag = /^[A-Z][a-z]/.test(name) ? name : name.toLowerCase();
        const at = open.findLastIndex((element) => element.tag === tag);
        if (at > 0) open.length = at;
      },
    },
    { lowerCaseTags: false, lowerCaseAttributeNames: false, recognizeSelfClosing: true, xmlMode: false },
  );
  parser.end(html);
  return root;
}
