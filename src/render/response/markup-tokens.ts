/** A part of XML or HTML. `void` is an element without content, `other` a comment, a declaration or the like. */
export interface MarkupToken {
  kind: 'open' | 'close' | 'void' | 'other' | 'text';
  text: string;
  /** The name of the element, in lower case; empty for anything but a tag. */
  name: string;
}

/** Elements that have no content, so no end tag (WHATWG HTML, section 13.1.2). */
const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));

/** Elements of HTML in whose content `<` is text, or white space counts. */
const RAW = new Set(['script', 'style', 'textarea', 'pre', 'title']);

/** Parts that begin with `<` and are no tags, with what ends them. */
const OTHERS: [start: string, end: string][] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['<!', '>'],
];

/**
 * Splits XML or HTML into parts, which joined are the text again. A part that does not end becomes
 * text. Linear in the length.
 */
export function markupTokens(text: string, isHtml: boolean): MarkupToken[] {
  const tokens: MarkupToken[] = [];
  const add = (kind: MarkupToken['kind'], from: number, to: number, name = '') => {
    if (to > from) tokens.push({ kind, text: text.slice(from, to), name });
  };
  let plain = 0;
  for (let at = text.indexOf('<'); at >= 0; ) {
    const other = OTHERS.find(([start]) => text.startsWith(start, at));
    const end = other === undefined ? tagEnd(text, at) : endOf(text, other[1], at + other[0].length);
    if (end === NO_TAG) {
      at = text.indexOf('<', at + 1);
      continue;
    }
    if (end < 0) break;
    add('text', plain, at);
    plain = end;
    if (other !== undefined) add(other[0] === '<![CDATA[' ? 'text' : 'other', at, end);
    else {
      const name = nameAt(text, at);
      const closes = text[at + 1] === '/';
      const isVoid = text[end - 2] === '/' || (isHtml && VOID.has(name));
      add(closes ? 'close' : isVoid ? 'void' : 'open', at, end, name);
      if (isHtml && !closes && RAW.has(name)) {
        const close = new RegExp(`</${name}[\\s>]`, 'gi');
        close.lastIndex = end;
        plain = close.exec(text)?.index ?? text.length;
        add('text', end, plain);
      }
    }
    at = text.indexOf('<', plain);
  }
  add('text', plain, text.length);
  return tokens;
}

/** Returned for a `<` that begins no tag. */
const NO_TAG = -2;

/** The end of a tag, behind its `>`; -1 if it has none. Quoted values may contain `>`. */
function tagEnd(text: string, start: number): number {
  if (!/[\p{L}_:]/u.test(text[start + 1] === '/' ? (text[start + 2] ?? '') : (text[start + 1] ?? ''))) return NO_TAG;
  for (let i = start + 1; i < text.length; i++) {
    const char = text[i];
    if (char === '>') return i + 1;
    if ((char === '"' || char === "'") && text[i - 1] === '=') {
      i = text.indexOf(char, i + 1);
      if (i < 0) return -1;
    }
  }
  return -1;
}

function endOf(text: string, end: string, from: number): number {
  const at = text.indexOf(end, from);
  return at < 0 ? -1 : at + end.length;
}

function nameAt(text: string, start: number): string {
  return (/^<\/?([^\s/>]+)/.exec(text.slice(start, start + 100))?.[1] ?? '').toLowerCase();
}
