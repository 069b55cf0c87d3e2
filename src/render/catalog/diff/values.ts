import type { CatalogDiff, EntryHead } from '../../../catalogs/diff.ts';
import { formatDuration } from '../../../text/duration.ts';
import { GENERAL } from '../../error/mark.ts';
import { listOf } from '../../words.ts';

/** A value of a catalog as lines of text; none for an absent one. */
export function valueLines(field: string, value: unknown): string[] {
  if (value === null || (Array.isArray(value) && value.length === 0)) return [];
  if (field === 'retry.after' && typeof value === 'number') return [formatDuration(value)];
  if (!Array.isArray(value)) return [valueText(value)];
  // Statuses and codes; a wording is a sentence.
  const isShort = field.startsWith('match.') && field !== 'match.message';
  return isShort ? [value.join(', ')] : value.map(valueText);
}

function valueText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const { general, text } = value as { general?: unknown; text?: unknown };
  if (typeof general === 'string') return `${general} ${GENERAL}`;
  // A cause that has nothing but its text.
  if (text !== undefined && Object.values(value).filter((one) => one !== undefined).length === 1)
    return valueText(text);
  return JSON.stringify(value);
}

/** `lid-open (409 LID_OPEN)` */
export function nameOf(entry: EntryHead): string {
  const match = matchText(entry);
  return match === '' ? entry.id : `${entry.id} (${match})`;
}

/** `409 LID_OPEN`: what an entry asks for, in short. */
export function matchText({ match }: EntryHead): string {
  return [match.status, match.code, match.subcode, match.failure]
    .flatMap((part) => (part === undefined ? [] : [part.join(', ')]))
    .join(' ');
}

/** `2 added, 1 removed and 3 changed` */
export function countsOf({ added, removed, changed, catalog }: CatalogDiff): string {
  const counts = [
    ...(added.length === 0 ? [] : [`${added.length} added`]),
    ...(removed.length === 0 ? [] : [`${removed.length} removed`]),
    ...(changed.length === 0 ? [] : [`${changed.length} changed`]),
  ];
  return counts.length === 0 && catalog.length > 0 ? 'entries are the same' : listOf(counts);
}
