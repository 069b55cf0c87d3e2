import type { Reading } from '../diagnosis/reading.ts';
import { JsonText } from '../json/text.ts';

/** The body of a response as a report has it: JSON in its own text, or the text of anything else. */
export function shownBody({ response: { body }, content }: Pick<Reading, 'response' | 'content'>): JsonText | string {
  return content.kind === 'json' ? new JsonText(body.replace(/^\uFEFF/, '')) : body;
}
