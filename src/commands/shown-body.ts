import type { Reading } from '../diagnosis/reading.ts';
import { JsonText } from '../json/text.ts';

/** The body of a response for a report: JSON in its own text, anything else as text. */
export function shownBody({ response: { body }, content }: Pick<Reading, 'response' | 'content'>): JsonText | string {
  return content.kind === 'json' ? new JsonText(body.replace(/^\uFEFF/, '')) : body;
}
