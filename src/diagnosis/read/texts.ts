import { isOwn } from '../../json/own.ts';
import { FIT, formOf } from './forms.ts';
import { nameOf } from './names.ts';
import { textOf } from './values.ts';

/** The message of an object, else its code; null if it has neither. */
export function saidBy(item: object): string | null {
  let best: string | null = null;
  let most = 1;
  for (const key in item) {
    if (!isOwn.call(item, key)) continue;
    const { weights, noise } = nameOf(key);
    const { message, code } = weights;
    if (noise || message + code === 0) continue;
    const text = firstText((item as Record<string, unknown>)[key]);
    if (text === null) continue;
    const form = formOf(text, null);
    const score = Math.max(message === 0 ? 0 : message + FIT.message[form], (code + FIT.code[form]) / 4);
    if (score > most) {
      most = score;
      best = text;
    }
  }
  return best;
}

/** A text, or the first of a list of texts or of objects with one. */
function firstText(value: unknown): string | null {
  if (!Array.isArray(value)) return typeof value === 'object' && value !== null ? textOfElement(value) : textOf(value);
  const [first] = value as unknown[];
  if (typeof first === 'object' && first !== null && !Array.isArray(first)) return saidBy(first);
  return textOf(first);
}

/** The text of an element of XML, which may be its value: `<Message Key="3" Value="…"/>`. */
function textOfElement(value: object): string | null {
  const { '#text': text, '@value': small, '@Value': large } = value as Record<string, unknown>;
  return textOf(text ?? small ?? large);
}
