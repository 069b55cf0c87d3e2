import type { Diagnosis } from '../../model/diagnosis.ts';
import type { From } from '../../model/words.ts';

/** The quiet word behind a sentence that an API's document does not say. */
export const GENERAL = '(general)';

/**
 * A sentence with the word behind it that tells whether it is errprobe's own. Where the API does not document the error,
 * nothing is claimed to be documented, and no sentence needs the word.
 */
export function marked(text: string, from: From, { documented }: Pick<Diagnosis, 'documented'>): string {
  return documented && from === 'general' ? `${text} ${GENERAL}` : text;
}

/** The cause; one that was seen in the request itself is no statement about the API, and needs no mark. */
export function markedCause(diagnosis: Diagnosis): string {
  const [first] = diagnosis.causes;
  const isSeen = first?.verdict === 'confirmed' && first.text === diagnosis.cause;
  return isSeen ? diagnosis.cause : marked(diagnosis.cause, diagnosis.from.cause, diagnosis);
}

/** The steps of the resolution. */
export function markedSteps(diagnosis: Diagnosis): string[] {
  const { resolution, from } = diagnosis;
  return resolution.map((step, i) => marked(step, from.resolution[i] ?? 'general', diagnosis));
}
