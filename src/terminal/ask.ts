import type { Interface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Effects } from '../model/effects.ts';
import { visibleLine } from '../render/text.ts';
import type { Sink } from './sink.ts';

/** True where somebody can be asked. */
export function canAsk({ stdin, stderr }: Pick<Effects, 'stdin' | 'stderr'>): boolean {
  return stdin.isTTY === true && stderr.isTTY === true;
}

/**
 * Asks for a secret on the terminal, which does not show what is typed.
 *
 * @returns null if the user ends the input
 * @throws the signal's reason when it aborts
 */
export async function askSecret(question: string, { stdin, signal }: Effects, err: Sink): Promise<string | null> {
  const { createInterface } = await import('node:readline/promises');
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    const open = () => createInterface({ input: stdin, output: nowhere, terminal: true });
    return await answerTo(question, open, stdin, signal, err);
  } finally {
    await err.write('\n');
  }
}

/**
 * Asks on the terminal, which shows what is typed.
 *
 * @returns null if the user ends the input
 * @throws the signal's reason when it aborts
 */
export async function ask(question: string, { stdin, signal }: Effects, err: Sink): Promise<string | null> {
  const { createInterface } = await import('node:readline/promises');
  return answerTo(question, () => createInterface({ input: stdin }), stdin, signal, err);
}

async function answerTo(
  question: string,
  open: () => Interface,
  stdin: Effects['stdin'],
  signal: AbortSignal,
  err: Sink,
): Promise<string | null> {
  // Nothing tells a reader that the input ended before it was opened.
  if (stdin.readableEnded || stdin.destroyed) {
    await err.write(`${visibleLine(question)} `);
    return null;
  }
  // Before the question is shown: who sees it may type at once, and a terminal shows that until a reader is there.
  const reader = open();
  const ended = new Promise<null>((resolve) => reader.once('close', () => resolve(null)));
  const answer = Promise.race([reader.question('', { signal }), ended]);
  try {
    await Promise.all([answer, err.write(`${visibleLine(question)} `)]);
    return await answer;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    reader.close();
  }
}
