import { PHRASES, VOCABULARY } from '../src/diagnosis/verdict/vocabulary.ts';
import { needlesIn } from '../src/diagnosis/verdict/words.ts';

const EMPTY = 'NEEDLES: (string[] | null)[] | null = null;';

/**
 * Puts the needles of the vocabulary into its module. To read them from the patterns at each start takes 4 ms, and V8 then
 * compiles the reader for 9 ms more, for which the process waits at its end.
 */
export function needlesPlugin() {
  return {
    name: 'errprobe-needles',
    transform: {
      filter: { id: /verdict\/vocabulary\.ts$/ },
      handler(code: string) {
        if (!code.includes(EMPTY)) throw new Error(`the vocabulary has no "${EMPTY}"`);
        const needles = JSON.stringify([...VOCABULARY, ...PHRASES].map(needlesIn));
        return { code: code.replace(EMPTY, () => EMPTY.replace('null;', `${needles};`)), map: null };
      },
    },
  };
}
