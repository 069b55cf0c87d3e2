import { decompressPieces } from '../../input/decompress.ts';
import { bigFile, piecesOf, readFile } from '../../input/read-pieces.ts';
import { LineSplitter, type LineTaker } from '../../input/split-lines.ts';
import { type Effects, whenAborted } from '../../model/effects.ts';
import { partialSchema } from '../../triage/schema.ts';
import { addPartial, type Tally } from '../../triage/tally.ts';
import { readInto, recordingProblems } from './triage.ts';

/** 64 MiB: more than the counts of 4,000 combinations of error and endpoint take. */
const LONGEST_PARTIAL = 64 * 1024 * 1024;

const STDIN = 'standard input';

/**
 * Adds up what `triage --partial` wrote: one line of JSON for each part. A line that is anything else, and a file that
 * cannot be read, is a problem in the tally.
 *
 * @param names files, and `-` for standard input; none for standard input
 */
export async function addPartials(tally: Tally, names: string[], effects: Effects): Promise<void> {
  const { cwd, signal, stdin } = effects;
  for (const name of names.length === 0 ? ['-'] : names) {
    const source = name === '-' ? STDIN : name;
    await recordingProblems(source, tally, async () => {
      const taker = new PartialTaker(tally, source);
      const lines = new LineSplitter(taker, LONGEST_PARTIAL);
      if (name === '-') await readInto(lines, untilAborted(stdin, signal));
      else
        await readInto(
          lines,
          readFile(await bigFile(name, cwd), () => {}, signal),
        );
      if (!signal.aborted) taker.end();
    });
  }
}

/** The pieces of standard input, decompressed; they end when the signal aborts. */
async function* untilAborted(stdin: Effects['stdin'], signal: AbortSignal): AsyncGenerator<Buffer> {
  const forget = whenAborted(signal, () => stdin.destroy());
  try {
    yield* decompressPieces(piecesOf(stdin), STDIN);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    forget();
  }
}

/** Adds the counts of each line to a tally. */
class PartialTaker implements LineTaker {
  private number = 0;
  private isEmpty = true;

  constructor(
    private readonly tally: Tally,
    private readonly source: string,
  ) {}

  line(bytes: Buffer, from: number, to: number): void {
    this.number++;
    const text = bytes.toString('utf8', from, to).trim();
    if (text === '') return;
    this.isEmpty = false;
    const problem = addText(this.tally, text);
    if (problem !== null) this.say(`line ${this.number} of ${this.source} is ${problem}`);
  }

  tooLong(): void {
    this.number++;
    this.isEmpty = false;
    this.say(`line ${this.number} of ${this.source} is too long`);
  }

  end(): void {
    if (this.isEmpty) this.say(`${this.source} is empty: ${TAKES}`);
  }

  private say(problem: string): void {
    this.tally.problems.push({ source: this.source, problem });
  }
}

const TAKES = '--merge takes what --partial wrote';

/** Adds the counts in a text to a tally; returns what the text is instead, or null. */
function addText(tally: Tally, text: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return `not valid JSON: ${TAKES}`;
  }
  const { success, data, error } = partialSchema.safeParse(value);
  if (success) addPartial(tally, data);
  const [issue] = error?.issues ?? [];
  return success ? null : `not what --partial writes: ${issue?.path.join('.')}: ${issue?.message}`;
}
