import { type HtmlElement, type HtmlNode, htmlTree } from '../../text/html-tree.ts';
import { type Block, BOLD_LEVEL, cellOf, type Page } from './blocks.ts';

/** Elements whose text is not part of the document. */
const HIDDEN =
  /^(?:script|style|noscript|template|svg|head|nav|footer|aside|form|button|select|textarea|iframe|object|img|input|video|audio)$/;

/** Classes and roles of what surrounds a document. */
const AROUND =
  /(?:^|[\s_-])(?:sidebar|navbar|navigation|toc|table-of-contents|breadcrumbs?|headerlink|heading-anchor|hash-link|header-anchor|visually-hidden|sr-only|copy-button|feedback|pagination|skip-link|linenos)(?:$|[\s_-])/i;

const INLINE =
  /^(?:a|abbr|b|bdi|big|cite|code|del|dfn|em|font|i|ins|kbd|label|mark|nobr|q|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr|br)$/;

/** Elements of HTML; any other tag in small letters is a placeholder in a text, as `<request name>`. */
const ELEMENTS =
  /^(?:a|abbr|address|article|aside|audio|b|bdi|blockquote|body|br|button|caption|center|cite|code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|fieldset|figcaption|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|mark|menu|meta|nav|nobr|noscript|object|ol|option|p|path|picture|pre|q|s|samp|script|section|select|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|tt|u|ul|var|video|wbr)$/;

/** The attributes that give a component its title, in the order of preference. */
const TITLES = ['title', 'name', 'label', 'header', 'heading', 'summary', 'question'];

/** Components that describe parameters, whose names are no errors. */
const OF_FIELDS = /^(?:ParamField|Param|Property|Properties|Attribute|Parameter)$/;

/** The type of a field. */
const TYPE = /^(?:const |enum |array of )?(?:string|integer|int|number|boolean|object|array|enum|float)/i;

/** Reads a page of HTML, or the HTML made from Markdown with its components. */
export function readHtml(html: string): Page {
  const root = htmlTree(html, (tag) => !ELEMENTS.test(tag) && !/^[A-Z]|-/.test(tag));
  const title = find(root, ({ tag }) => tag === 'title');
  const main =
    find(root, ({ tag, attributes }) => tag === 'main' || attributes.role === 'main') ??
    find(root, ({ tag }) => tag === 'article') ??
    find(root, ({ tag }) => tag === 'body') ??
    root;
  return { title: title === null ? null : tidy(inline(title)), front: {}, blocks: blocksOf(main.children) };
}

function find(element: HtmlElement, wanted: (element: HtmlElement) => boolean): HtmlElement | null {
  for (const child of element.children) {
    if (typeof child === 'string') continue;
    const found = wanted(child) ? child : find(child, wanted);
    if (found !== null) return found;
  }
  return null;
}

function isHidden({ tag, attributes }: HtmlElement): boolean {
  if (HIDDEN.test(tag)) return true;
  if (attributes['aria-hidden'] === 'true' || attributes.hidden !== undefined) return true;
  return (
    attributes.role === 'navigation' || AROUND.test(attributes.class ?? '') || AROUND.test(attributes.className ?? '')
  );
}

function blocksOf(nodes: HtmlNode[]): Block[] {
  const blocks: Block[] = [];
  let line: HtmlNode[] = [];
  const flush = () => {
    const text = tidy(line.map(inlineNode).join(''));
    if (text !== '') blocks.push(paragraphOrHeading(text, line));
    line = [];
  };
  for (const node of nodes) {
    if (typeof node === 'string' || (isInline(node, line) && !isHidden(node) && !hasBlocks(node))) {
      line.push(node);
    } else if (!isHidden(node)) {
      flush();
      blocks.push(...blocksOfElement(node));
    }
  }
  flush();
  return blocks;
}

/** Whether an element goes on with a line: a component does so within a text if it has no title. */
function isInline({ tag, attributes }: HtmlElement, line: HtmlNode[]): boolean {
  if (INLINE.test(tag)) return true;
  const before = line.at(-1);
  return (
    /^[A-Z]/.test(tag) &&
    typeof before === 'string' &&
    before.trim() !== '' &&
    TITLES.every((name) => attributes[name] === undefined)
  );
}

const hasBlocks = ({ children }: HtmlElement): boolean =>
  children.some((child) => typeof child !== 'string' && (!INLINE.test(child.tag) || hasBlocks(child)));

/** A short text that is all bold heads what follows. */
function paragraphOrHeading(text: string, line: HtmlNode[]): Block {
  const parts = line.filter((node) => typeof node !== 'string' || node.trim() !== '');
  const [only] = parts;
  const isBold = parts.length === 1 && typeof only === 'object' && /^(?:strong|b)$/.test(only.tag) && text.length < 100;
  return isBold
    ? { kind: 'heading', level: BOLD_LEVEL, text: text.replace(/[:：]$/, '').trimEnd(), anchor: null }
    : { kind: 'paragraph', text };
}

function blocksOfElement(element: HtmlElement): Block[] {
  const { tag, attributes, children } = element;
  if (/^h[1-6]$/.test(tag)) {
    const text = tidy(inline(element))
      .replace(/[¶#🔗]$/u, '')
      .trimEnd();
    return text === '' ? [] : [{ kind: 'heading', level: Number(tag[1]), text, anchor: anchorOf(element) }];
  }
  if (tag === 'pre') return [{ kind: 'code', text: rawText(element).replace(/^\n/, '').trimEnd() }];
  if (tag === 'ul' || tag === 'ol' || tag === 'menu') {
    const items = children.filter((child) => typeof child !== 'string' && !isHidden(child)) as HtmlElement[];
    return [{ kind: 'list', items: items.map((item) => blocksOf(item.children)) }];
  }
  if (tag === 'dl') return definitionsOf(element);
  if (tag === 'table') return tableOf(element);
  if (tag === 'details') {
    const summary = children.find((child) => typeof child !== 'string' && child.tag === 'summary') as
      | HtmlElement
      | undefined;
    const body = blocksOf(children.filter((child) => child !== summary));
    return summary === undefined ? body : [{ kind: 'component', title: tidy(inline(summary)), body }];
  }
  if (tag === 'ResponseField' && TYPE.test(attributes.type ?? '') && !/^[45]\d\d/.test(attributes.name ?? ''))
    return [];
  if (/^[A-Z]/.test(tag) && !OF_FIELDS.test(tag)) {
    const title = TITLES.map((name) => attributes[name]).find((text) => text !== undefined && text !== '');
    if (title !== undefined) return [{ kind: 'component', title: tidy(title), body: blocksOf(children) }];
  }
  return blocksOf(children);
}

function anchorOf(element: HtmlElement): string | null {
  const { id } = element.attributes;
  if (id !== undefined) return id;
  const link = find(element, ({ tag, attributes }) => tag === 'a' && (attributes.name ?? attributes.id) !== undefined);
  return link?.attributes.name ?? link?.attributes.id ?? null;
}

function definitionsOf({ children }: HtmlElement): Block[] {
  const found: Extract<Block, { kind: 'definition' }>[] = [];
  let terms: string[] = [];
  let isBody = false;
  for (const child of children.flatMap((node) =>
    typeof node === 'object' && node.tag === 'div' ? node.children : [node],
  )) {
    if (typeof child === 'string') continue;
    if (child.tag === 'dt') {
      if (isBody) terms = [];
      isBody = false;
      terms.push(tidy(inline(child)));
    } else if (child.tag === 'dd') {
      const body = blocksOf(child.children);
      if (isBody) found.at(-1)?.body.push(...body);
      else found.push({ kind: 'definition', term: terms.join(' / '), body });
      isBody = true;
    }
  }
  return found;
}

/** The rows of a table; a cell that spans rows or columns stands in each of them. */
function tableOf(table: HtmlElement): Block[] {
  const rows: { cells: string[]; isHead: boolean }[] = [];
  const carried: { text: string; left: number }[] = [];
  const visit = (element: HtmlElement, inHead: boolean) => {
    for (const child of element.children) {
      if (typeof child === 'string') continue;
      if (child.tag !== 'tr') {
        if (/^(?:thead|tbody|tfoot)$/.test(child.tag) || /^[A-Z]/.test(child.tag))
          visit(child, inHead || child.tag === 'thead');
        continue;
      }
      const own = child.children.filter(
        (cell) => typeof cell === 'object' && /^t[dh]$/.test(cell.tag),
      ) as HtmlElement[];
      const cells: string[] = [];
      const carry = () => {
        for (let above = carried[cells.length]; above !== undefined && above.left > 0; above = carried[cells.length]) {
          above.left--;
          cells.push(above.text);
        }
      };
      for (const cell of own) {
        carry();
        const text = cellOf(blocksOf(cell.children));
        const height = Math.min(Number(cell.attributes.rowspan ?? 1) || 1, 1000);
        const width = Math.min(Number(cell.attributes.colspan ?? 1) || 1, 20);
        for (let i = 0; i < width; i++) {
          carried[cells.length] = { text, left: height - 1 };
          cells.push(i === 0 ? text : '');
        }
      }
      carry();
      if (cells.length > 0) rows.push({ cells, isHead: inHead || own.every(({ tag }) => tag === 'th') });
    }
  };
  visit(table, false);
  const code = find(table, ({ tag }) => tag === 'pre');
  if (code !== null && rows.length === 1) return blocksOf([code]);
  const head = rows.findIndex(({ isHead }) => !isHead);
  const header = rows.slice(0, head < 0 ? rows.length : head).at(-1)?.cells ?? [];
  const body = rows.filter(({ isHead }) => !isHead).map(({ cells }) => cells);
  return [{ kind: 'table', header, rows: body }];
}

function inlineNode(node: HtmlNode): string {
  return typeof node === 'string' ? node.replaceAll(/\s+/g, ' ') : isHidden(node) ? '' : inline(node);
}

function inline(element: HtmlElement): string {
  if (element.tag === 'br') return '\n';
  const text = element.children.map(inlineNode).join('');
  if (!/^(?:code|kbd|samp|tt)$/.test(element.tag) || text.trim() === '' || text.includes('`')) return text;
  return `\`${text.trim()}\``;
}

function rawText(element: HtmlElement): string {
  return element.children
    .map((child) =>
      typeof child === 'string' ? child : isHidden(child) ? '' : child.tag === 'br' ? '\n' : rawText(child),
    )
    .join('');
}

/** One space between words, none at the ends of lines. */
function tidy(text: string): string {
  return text
    .replaceAll('\u200b', '')
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .trim();
}
