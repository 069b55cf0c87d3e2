import { basename } from 'node:path';
import { PHRASES, VOCABULARY } from '../src/diagnosis/verdict/vocabulary.ts';
import { needlesIn } from '../src/diagnosis/verdict/words.ts';
import { forms, needlesOfForm } from '../src/input/pasted/retold.ts';

const EMPTY = 'NEEDLES: (string[] | null)[] | null = null;';

/** The needles of each module with patterns. */
const NEEDLES: Record<string, () => (string[] | null)[]> = {
  'vocabulary.ts': () => [...VOCABULARY, ...PHRASES].map(needlesIn),
  'retold.ts': () => forms().map(needlesOfForm),
};

/**
 * Puts the needles of the vocabulary and of the forms of clients into their modules. To read them from the patterns at
 * each start takes 4 ms, and V8 then compiles the reader for 9 ms more, for which the process waits at its end.
 */
export function needlesPlugin() {
  return {
    name: 'errprobe-needles',
    transform: {
      filter: { id: /(?:verdict\/vocabulary|pasted\/retold)\.ts$/ },
      handler(code: string, id: string) {
        const needles = NEEDLES[basename(id)]?.();
        if (needles === undefined || !code.includes(EMPTY)) throw new Error(`${id} has no "${EMPTY}"`);
        return { code: code.replace(EMPTY, () => EMPTY.replace('null;', `${JSON.stringify(needles)};`)), map: null };
      },
    },
  };
}
