import type { ErrorBody } from '../model/diagnosis.ts';
import { once } from '../text/once.ts';
import type { Described } from './evidence/causes.ts';
import type { Content } from './read/content.ts';
import { phrasesOfAll } from './status.ts';

/** The name of a kind of body in a sentence. */
const KINDS: Record<Content['kind'], string> = {
  json: 'JSON',
  xml: 'XML',
  stream: 'a stream of events',
  logfmt: 'a line of a log',
  form: 'a form',
  text: 'text',
};

/** Words by which a text speaks of a failure, whatever failed. */
const failure = once(() => {
  const phrases = phrasesOfAll()
    .filter(([status]) => status >= 400)
    .map(([, phrase]) => phrase);
  return new RegExp(
    `\\b(?:${phrases.join('|')}|errors?|exception|fail(?:ed|ure|s)?|denied|invalid|rejected|refused|expired|unauthori[sz]ed|not allowed|not found)\\b`,
    'i',
  );
});

/** So much of a text is searched. */
const SEARCHED = 4096;

/**
 * The text for an input without an error: how it was read, what is missing, and what would help.
 *
 * @param body the text of the body
 * @param status of the answer, where it is known
 */
export function noError(
  body: string,
  { kind }: Content,
  { code, message }: ErrorBody,
  status: number | null,
): Described {
  const [word] = failure().exec(message ?? code ?? body.slice(0, SEARCHED)) ?? [];
  const read = body.trim() === '' ? 'The input is empty' : `It was read as ${KINDS[kind]}`;
  return {
    category: 'unknown',
    title: 'No error recognized',
    cause:
      word === undefined
        ? `${read}; no status, code or message in it says that something failed.`
        : `${read}. It says “${word}”, but names no status or code that tells what failed.`,
    causes: [],
    resolution: [
      ...(status === null
        ? ['If it is an error, add its status with --status, or give the whole response as curl -i prints it.']
        : []),
      'If you know the API, name it with --api.',
    ],
    from: { cause: 'general', resolution: status === null ? ['general', 'general'] : ['general'] },
  };
}
