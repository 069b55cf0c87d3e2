/**
 * A part of a document, whatever format it came in. Texts are plain, except that code stands in
 * backticks; a line break in a text is one that a reader sees.
 */
export type Block =
  | { kind: 'heading'; level: number; text: string; anchor: string | null }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; items: Block[][] }
  | { kind: 'table'; header: string[]; rows: string[][] }
  | { kind: 'definition'; term: string; body: Block[] }
  | { kind: 'code'; text: string }
  /** A part with a title of its own that folds, such as an accordion or a card. */
  | { kind: 'component'; title: string; body: Block[] };

/** A document as blocks. */
export interface Page {
  title: string | null;
  /** The members of its front matter, as texts. */
  front: Record<string, string>;
  blocks: Block[];
}

/** The level of a paragraph that is only bold: below every heading. */
export const BOLD_LEVEL = 7;

/** The text of blocks in one string; code blocks are left out. */
export function wordsIn(blocks: Block[]): string {
  return blocks
    .map(wordsOfBlock)
    .filter((text) => text !== '')
    .join('\n');
}

function wordsOfBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return block.text;
    case 'list':
      return block.items.map(wordsIn).join('\n');
    case 'definition':
      return `${block.term}: ${wordsIn(block.body)}`;
    case 'component':
      return `${block.title}\n${wordsIn(block.body)}`;
    case 'table':
      return block.rows.map((row) => row.join(' ')).join('\n');
    case 'code':
      return '';
  }
}

/** The blocks of a cell in lines: those of breaks, paragraphs and items of lists, which begin with a bullet. */
export function cellOf(blocks: Block[]): string {
  const line = (block: Block): string => {
    switch (block.kind) {
      case 'list':
        return block.items.map((item) => `• ${item.map(line).join(' ')}`).join('\n');
      case 'code':
      case 'heading':
      case 'paragraph':
        return block.text;
      case 'table':
        return block.rows.map((row) => row.join(' ')).join('\n');
      case 'definition':
        return `${block.term}: ${block.body.map(line).join(' ')}`;
      case 'component':
        return `${block.title}: ${block.body.map(line).join(' ')}`;
    }
  };
  return blocks.map(line).join('\n');
}
