import { Parser } from 'htmlparser2';

/** A block of a page's text. */
export interface Block {
  /** The most specific element around it: `h1`, `pre`, `p`. */
  tag: string;
  /** Bold text at its beginning, followed by other text: `Message`. */
  label: string | null;
  text: string;
}

/** The start of a page, with or without an XML prolog. */
const PAGE =
  /^\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?<(?:!doctype html|html|head|body|h[1-6]|center|title|p|div|br|b|font|pre|table|script|style|span)\b/i;

/** Whether a text is a page. */
export function isPage(text: string): boolean {
  return PAGE.test(text.slice(0, 4096));
}

/** Only this much of a page is read. */
const SEARCHED = 256 * 1024;
const MOST_BLOCKS = 200;

/** Reading stops where elements are nested deeper, as in browsers: the parser takes time quadratic in the depth. */
const DEEPEST = 512;

/** Elements whose text is not displayed. */
const HIDDEN = new Set(['script', 'style', 'template', 'svg', 'select', 'textarea', 'iframe', 'object']);

/** Inline elements; every other element starts a block. */
const INLINE = new Set([
  ...['a', 'abbr', 'b', 'bdi', 'big', 'cite', 'code', 'em', 'font', 'i', 'kbd', 'mark', 'q', 's', 'samp', 'small'],
  ...['span', 'strike', 'strong', 'sub', 'sup', 'tt', 'u', 'var', 'wbr', 'img', 'input', 'label', 'time', 'nobr'],
]);

/** Elements that classify the blocks within them, at any depth. */
const TELLING = /^(?:title|h[1-6]|pre|blockquote|address|footer|nav|th|dt|button|noscript)$/;

/** The text of a page in blocks, in document order (WHATWG HTML, section 13). */
export function readPage(html: string): Block[] {
  const blocks: Block[] = [];
  const open: string[] = [];
  let text = '';
  /**
   * The length of the bold text at the beginning of the block; -1 once it began with other text.
   */
  let bold = -1;
  let isBlank = true;
  let isOver = false;
  const flush = (): void => {
    if (text === '') {
      bold = -1;
      return;
    }
    const label = bold > 0 && bold < text.trimEnd().length ? tidy(text.slice(0, bold)).replace(/ ?:$/, '') : null;
    const rest = label === null ? text : text.slice(bold).replace(/^\s*:/, '');
    const tag = open.findLast((name) => TELLING.test(name)) ?? open.findLast((name) => !INLINE.has(name)) ?? 'body';
    const said = tag === 'pre' ? rest.trim() : tidy(rest);
    if (said !== '' && blocks.length < MOST_BLOCKS) blocks.push({ tag, label, text: said });
    text = '';
    isBlank = true;
    bold = -1;
  };
  const parser = new Parser({
    onopentag(name) {
      if (name === 'br') text += open.includes('pre') ? '\n' : ' ';
      else if (!INLINE.has(name)) flush();
      open.push(name);
      isOver ||= open.length > DEEPEST;
      if (isBlank && (name === 'b' || name === 'strong')) {
        text = '';
        bold = 0;
      }
    },
    ontext(data) {
      if (isOver || open.some((name) => HIDDEN.has(name))) return;
      text += data;
      isBlank &&= data.trim() === '';
    },
    onclosetag(name) {
      if ((name === 'b' || name === 'strong') && bold === 0) bold = text.length;
      if (!INLINE.has(name) && name !== 'br') flush();
      const at = open.lastIndexOf(name);
      if (at >= 0) open.length = at;
      isOver ||= blocks.length >= MOST_BLOCKS;
    },
  });
  for (let at = 0; at < Math.min(html.length, SEARCHED) && !isOver; at += 4096) {
    parser.write(html.slice(at, Math.min(at + 4096, SEARCHED)));
  }
  parser.end();
  flush();
  return blocks;
}

function tidy(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
