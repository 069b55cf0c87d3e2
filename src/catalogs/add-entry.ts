import { editYaml, printYaml } from '../schema/edit-yaml.ts';
import { parseSource } from '../schema/yaml.ts';
import type { SeenEntry } from './starter.ts';

/**
 * A catalog file with one more entry, after the last. Comments and layout of the rest stay.
 *
 * @param text YAML or JSON of a valid catalog
 */
export function withEntry(text: string, entry: SeenEntry): string {
  const { value } = parseSource(text);
  const { entries } = value as { entries: unknown[] };
  const written = inserted(text, entries.length, entry);
  if (written !== null && holds(written, entries.length, entry)) return written;
  return editYaml(text, [{ path: ['entries', entries.length], value: entry }]);
}

/** The text with the entry in the layout of the list; null if the list is not laid out in lines. */
function inserted(text: string, count: number, entry: SeenEntry): string | null {
  const lines = text.split('\n');
  const { line, column } = parseSource(text).locate(['entries', count - 1]);
  const dash = /^( *)- +/.exec(lines[line - 1] ?? '');
  if (dash === null || dash[0].length !== column - 1) return null;
  const indent = dash[1] ?? '';
  const isInside = (one: string) => one.trim() === '' || one.startsWith(`${indent} `);
  let end = line;
  while (end < lines.length && isInside(lines[end] ?? '')) end++;
  while (end > line && (lines[end - 1] ?? '').trim() === '') end--;
  const added = printYaml([entry]).trimEnd().split('\n');
  // Entries that stand apart stay apart.
  const isApart = count > 1 && (lines[parseSource(text).locate(['entries', count - 1]).line - 2] ?? 'x').trim() === '';
  const own = [...(isApart ? [''] : []), ...added.map((one) => indent + one)];
  const after = lines.slice(end);
  return [...lines.slice(0, end), ...own, ...(after.length === 0 ? [''] : after)].join('\n');
}

function holds(text: string, index: number, { id }: SeenEntry): boolean {
  const { value, errors } = parseSource(text);
  const { entries } = (value ?? {}) as { entries?: { id?: unknown }[] };
  return errors.length === 0 && entries?.length === index + 1 && entries[index]?.id === id;
}
