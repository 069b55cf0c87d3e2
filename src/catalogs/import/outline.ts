import type { Block } from './blocks.ts';

/** A heading with what stands below it; a folding part and a defined term count as headings. */
export interface Section {
  title: string;
  anchor: string | null;
  origin: 'page' | 'heading' | 'component' | 'definition';
  blocks: Exclude<Block, { kind: 'heading' | 'component' | 'definition' }>[];
  children: Section[];
}

/** The sections of a page, as a tree. */
export function outlineOf(title: string, blocks: Block[]): Section {
  const root = newSection(title, 'page', null);
  const open: { level: number; section: Section }[] = [{ level: 0, section: root }];
  for (const block of blocks) {
    const { section } = open.at(-1) as { section: Section };
    if (block.kind === 'heading') {
      while (open.length > 1 && (open.at(-1)?.level ?? 0) >= block.level) open.pop();
      const child = newSection(block.text, 'heading', block.anchor ?? slug(block.text));
      open.at(-1)?.section.children.push(child);
      open.push({ level: block.level, section: child });
    } else if (block.kind === 'component') {
      section.children.push({ ...outlineOf(block.title, block.body), origin: 'component' });
    } else if (block.kind === 'definition') {
      section.children.push({ ...outlineOf(block.term, block.body), origin: 'definition' });
    } else section.blocks.push(block);
  }
  return root;
}

const newSection = (title: string, origin: Section['origin'], anchor: string | null): Section => ({
  title,
  anchor,
  origin,
  blocks: [],
  children: [],
});

/** The anchor that generators of pages give a heading. */
function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s+/g, '-');
}
