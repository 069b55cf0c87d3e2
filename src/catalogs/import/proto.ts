import { wordsIn } from './blocks.ts';
import { addText, newClaim } from './claims.ts';
import { examplesIn } from './example.ts';
import type { SourceRead } from './import.ts';
import { readMarkdown } from './markdown.ts';

/** Enumerations that hold errors, by their names. */
const OF_ERRORS = /err|reason|fault|failure|problem/i;
/** Values that stand for no error. */
const NO_ERROR = /(?:^|_)(?:UNSPECIFIED|OK|NONE)$/;

/** Reads the commented values of a proto file's enumerations of errors. */
export function readProto(text: string): SourceRead {
  const read: SourceRead = { claims: [], rules: [], bodies: [], left: [], facts: {}, title: null, notes: [] };
  let comment: string[] = [];
  let name: string | null = null;
  for (const line of withoutBlocks(text).split('\n')) {
    const plain = line.trim();
    const said = /^\/\/+ ?(.*)$/.exec(plain);
    const opens = /^enum\s+(\w+)\s*\{/.exec(plain);
    const value = /^(\w+)\s*=\s*-?(?:0x)?[\da-f]+\s*(?:\[[^\]]*\]\s*)?;\s*(?:\/\/ ?(.*))?$/i.exec(plain);
    if (said !== null) {
      comment.push(line.replace(/^\s*\/\/+ ?/, ''));
      continue;
    }
    if (opens !== null) name = opens[1] ?? '';
    else if (plain.startsWith('}')) name = null;
    else if (value !== null && name !== null)
      addValue(name, value[1] ?? '', [...comment, value[2] ?? ''].join('\n').trim(), read);
    comment = [];
  }
  read.title = read.claims[0]?.section ?? null;
  return read;
}

function addValue(name: string, code: string, comment: string, read: SourceRead): void {
  if (!OF_ERRORS.test(name)) return;
  if (NO_ERROR.test(code)) {
    read.left.push({ what: `${name}.${code}`, why: 'it stands for no error' });
    return;
  }
  const claim = { ...newClaim(name), codes: [code] };
  for (const block of readMarkdown(comment).blocks) {
    if (block.kind === 'code') claim.examples.push(...examplesIn(block.text).slice(0, 1));
    // An example is introduced by a sentence of its own.
    else if (!/^Example of /.test(wordsIn([block]))) addText(claim, wordsIn([block]).replaceAll('\n', ' '));
  }
  claim.examples.splice(1);
  read.claims.push(claim);
}

/** The text with comments between stars as lines of their own. */
function withoutBlocks(text: string): string {
  // Without an end there is no comment: no place is searched twice for one.
  return text.replaceAll(/\/\*((?:(?!\*\/|\/\*)[\s\S])*)\*\//g, (_, inner: string) =>
    inner
      .replace(/^\*+/, '')
      .split('\n')
      .map((line) => `// ${line.replace(/^\s*\*? ?/, '')}`)
      .join('\n'),
  );
}
