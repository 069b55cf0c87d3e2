import type { Diagnosis } from '../../model/diagnosis.ts';
import type { From } from '../../model/words.ts';

/** Marks a sentence that the API's documentation does not contain. */
export const GENERAL = '(general)';

/**
 * A sentence, marked if it is errprobe's own. For an error that the API does not document nothing
 * claims to be documented, so no mark is needed.
 */
export function marked(text: string, from: From, { documented }: Pick<Diagnosis, 'documented'>): string {
  return documented && from === 'general' ? `${text} ${GENERAL}` : text;
}

/** The cause. One observed in the request itself says nothing about the API and needs no mark. */
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
