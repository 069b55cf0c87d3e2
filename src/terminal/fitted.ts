import type { Effects } from '../model/effects.ts';
import { wrap } from '../render/text.ts';

/** A message broken to the width of a terminal. */
export function fitted(text: string, { isTTY, columns }: Effects['stderr']): string {
  if (isTTY !== true) return text;
  return text
    .split('\n')
    .flatMap((line) => (/^\s/.test(line) ? [line] : wrap(line, Math.max(40, columns || 80))))
    .join('\n');
}
