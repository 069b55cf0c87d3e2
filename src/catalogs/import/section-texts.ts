import { isAboutRetry } from './advice.ts';
import { type Block, wordsIn } from './blocks.ts';
import { addText, type Claim, push, type TextRole } from './claims.ts';
import { examplesIn } from './example.ts';
import type { Section } from './outline.ts';
import { byLabels, roleOf, tellsOfFailure } from './vocabulary.ts';

/** Adds the texts and bodies of blocks to an entry. */
export function addBlocks(claim: Claim, blocks: Section['blocks'], role: TextRole): void {
  let next: TextRole = role;
  for (const [i, block] of blocks.entries()) {
    switch (block.kind) {
      case 'paragraph': {
        // "Common causes:" heads the list below it.
        const last = block.text.split(/\n|(?<=[.!?])\s/).at(-1) ?? '';
        const isShort = last.split(/\s+/).length <= 6 || blocks[i + 1]?.kind === 'list';
        const headed = /[:：]$/.test(last) && isShort ? textRole(last) : null;
        // "Fix: Close the lid as shown here:" is a label with a text of its own.
        const inner = headed === null ? null : labelled(last.slice(0, -1));
        const isHead = headed !== null && inner === null;
        const text = isHead ? block.text.slice(0, block.text.length - last.length) : block.text;
        addText(claim, blocks[i + 1]?.kind === 'code' ? text.replace(/[:：]$/, '') : text, role);
        next = inner ?? headed ?? role;
        break;
      }
      case 'list':
        // Values that a text enumerates say nothing by themselves.
        if (block.items.every((item) => /^`[^`]+`$/.test(wordsIn(item)))) {
          push(claim.cause, block.items.map(wordsIn).join(', '));
          break;
        }
        for (const item of block.items) addItem(claim, item, next);
        next = role;
        break;
      case 'code':
        claim.examples.push(...examplesIn(block.text));
        break;
      case 'table':
        if (block.header.some((cell) => roleOf(cell) === 'field')) break;
        for (const row of block.rows) addText(claim, row.join(' — '), role);
    }
  }
}

/** The role of a text that begins with a label; null for one without. */
function labelled(text: string): TextRole {
  const role = byLabels(text)[0]?.role ?? null;
  return role === 'cause' || role === 'resolution' || role === 'retry' || role === 'meaning' ? role : null;
}

function addItem(claim: Claim, item: Block[], role: TextRole): void {
  const text = wordsIn(item);
  if (role === 'cause') push(claim.causes, text.replaceAll('\n', ' '));
  else if (role === 'resolution') {
    push(claim.resolution, text.replaceAll('\n', ' '));
    if (isAboutRetry(text)) addText({ ...claim, resolution: [] }, text);
  } else addText(claim, text);
  const code = item.filter((block) => block.kind === 'code');
  if (code.length > 0) addBlocks(claim, code as Section['blocks'], role);
}

function textRole(label: string): TextRole {
  const role =
    roleOf(label.replace(/^(?:the|some|here are|these are|there are|most)\s+/i, '')) ??
    roleOf(/(\b\w+)[:：]$/.exec(label)?.[1] ?? '');
  if (role === 'cause' || role === 'resolution' || role === 'retry' || role === 'meaning') return role;
  if (!/[:：]$/.test(label)) return null;
  if (
    /\b(?:causes?|because|reasons?|happens? (?:when|if)|occurs? (?:when|if)|returned (?:when|if)|when|if)\b/i.test(
      label,
    )
  )
    return 'cause';
  return /\b(?:fix|resolve|solve|techniques|steps|try|should|can|options)\b/i.test(label) ? 'resolution' : null;
}

/** Adds a section within that of an error: its heading says what its texts are, or is a cause itself. */
export function addSection(claim: Claim, section: Section): void {
  const role = roleOf(section.title);
  const asText = role === 'cause' || role === 'resolution' || role === 'retry' || role === 'meaning' ? role : null;
  const isExample =
    role === 'example' ||
    (section.title.split(/\s+/).length <= 4 &&
      /example|response|request|sample|ejemplo|例|示例|пример|beispiel/i.test(section.title));
  const isStep = asText === null && /troubleshoot|fix|solv|resolv|how to/i.test(section.title);
  // A heading over nothing but code or fields says nothing about causes.
  const says = wordsIn(section.blocks.filter(({ kind }) => kind !== 'table')) !== '' || section.blocks.length === 0;
  if (asText === null && role !== 'field' && (says || tellsOfFailure(section.title)) && !isExample && !isStep)
    push(claim.causes, section.title);
  addBlocks(claim, section.blocks, asText ?? (isStep ? 'resolution' : null));
  for (const child of section.children) addSection(claim, child);
}
