import type { Block } from '../../text/page.ts';

/** Longer pages are read up to here. */
const SEARCHED = 64 * 1024;
const HIDDEN = /^(?:script|style|svg)$/;
const INLINE = /^(?:a|b|br|code|em|font|i|small|span|strong|tt|u)$/;

/**
 * The text of a page by its blocks, as good as it gets without a parser of HTML: for the library, which has no packages.
 * References stay as they are written, and labels are not told apart.
 */
export function roughBlocks(html: string): Block[] {
  const blocks: Block[] = [];
  let tag = 'body';
  let text = '';
  let hidden = '';
  const flush = (next: string): void => {
    const said = text.replaceAll(/\s+/g, ' ').trim();
    if (said !== '') blocks.push({ tag, label: null, text: said });
    text = '';
    tag = next;
  };
  for (const piece of html.slice(0, SEARCHED).split('<').slice(1)) {
    const end = piece.indexOf('>');
    const name = /^\/?([a-z][a-z\d]*)/i.exec(piece)?.[1]?.toLowerCase() ?? '';
    const isEnd = piece.startsWith('/');
    if (hidden !== '' && !(isEnd && name === hidden)) continue;
    hidden = !isEnd && HIDDEN.test(name) ? name : '';
    if (!INLINE.test(name)) flush(isEnd ? 'body' : name);
    else if (name === 'br') text += ' ';
    if (hidden === '') text += end < 0 ? '' : piece.slice(end + 1);
  }
  flush('body');
  return blocks;
}
