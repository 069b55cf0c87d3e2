import { isNumber } from '../json/number.ts';
import { keysOf } from '../json/pointer.ts';
import { scalarText } from '../json/scalar.ts';
import { timePointer } from './log-record.ts';

/** Members in which what collects logs keeps the line that a program wrote. */
const OWN = ['line', 'log', 'MESSAGE', '@message', 'textPayload', '_raw'];
/** Those that errors have, too: they hold a line only beside a time. */
const SHARED = ['message', 'msg'];

/** Words in the names of members that tell where a line was collected: a stream, a container, a unit of systemd. */
const ORIGINS = new Set([
  ...['stream', 'container', 'pod', 'kubernetes', 'docker', 'labels', 'ingestion', 'syslog', 'systemd', 'realtime'],
  ...['sourcetype', 'ptr', 'insert'],
]);

/** Members of what a program tells itself: a record of a logger, or an error. */
const TOLD =
  /^(?:.*level|lvl|status.*|.*status_?code|code|err(?:or)?s?|exception|req(?:uest)?|res(?:ponse)?|method|ur[il]|path|details?|title|type|body)$/i;

/**
 * The JSON Pointer to the line of a log in what a collector made of it, such as an entry of journald, a line of Docker or
 * Loki, an event of CloudWatch. Null for anything else. Only names and types are read.
 */
export function carriedLine(value: object): string | null {
  if (Array.isArray(value)) return null;
  const names = timePointer(value) === null ? OWN : [...OWN, ...SHARED];
  const name = names.find((one) => Object.hasOwn(value, one) && isLine((value as Record<string, unknown>)[one]));
  if (name === undefined) return null;
  const others = Object.keys(value).filter((other) => other !== name);
  return others.some(isOrigin) && !others.some((other) => TOLD.test(other)) ? `/${name}` : null;
}

function isOrigin(name: string): boolean {
  return name.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/).some((word) => ORIGINS.has(word.toLowerCase()));
}

/** The lines that a value carries; null for a value that carries none. */
export function carriedLines(value: object): string[] | null {
  const pointer = carriedLine(value);
  if (pointer !== null) return [carriedText(value, pointer)].filter((line) => line.trim() !== '');
  return carriersIn(value)?.flatMap((carrier) => carriedLines(carrier) ?? []) ?? null;
}

/** The text of the line that a value carries. */
export function carriedText(value: object, pointer: string): string {
  const line = (value as Record<string, unknown>)[keysOf(pointer)[0] ?? ''];
  return typeof line === 'string' ? line : textOfBytes(line as unknown[]);
}

/**
 * The records of a list if each carries a line: of the list itself, or of the only one in an object, such as the events
 * on a page of CloudWatch's results. Null for anything else.
 */
export function carriersIn(value: object): object[] | null {
  const own = pairs(value);
  if (own !== null) return carriedLine(own) === null ? null : [own];
  const lists = Array.isArray(value) ? [value] : Object.values(value).filter(isFilledList);
  const [list] = lists;
  if (lists.length !== 1 || list === undefined) return null;
  const items = (list as unknown[]).map((item) => pairs(item) ?? item);
  return items.length > 0 && items.every(isCarrier) ? items : null;
}

function isCarrier(value: unknown): value is object {
  return typeof value === 'object' && value !== null && carriedLine(value) !== null;
}

function isFilledList(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length > 0 && typeof value[0] === 'object';
}

/** A text, or the bytes of one: journald writes what it cannot print as numbers (systemd's Journal JSON Format). */
function isLine(value: unknown): boolean {
  return typeof value === 'string' || (Array.isArray(value) && value.length > 0 && value.every(isNumber));
}

function textOfBytes(bytes: unknown[]): string {
  return new TextDecoder().decode(Uint8Array.from(bytes, Number));
}

/** An object that is written as a list of its members: `[{"field": "@message", "value": "…"}]`; null for anything else. */
function pairs(value: unknown): Record<string, unknown> | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const members = (value as unknown[]).map((item): [string, unknown] => {
    if (typeof item !== 'object' || item === null || Object.keys(item).length !== 2) return ['', undefined];
    const { field, key, name, value: held } = item as Record<string, unknown>;
    return [scalarText(field ?? key ?? name), held];
  });
  return members.every(([name, held]) => name !== '' && held !== undefined) ? Object.fromEntries(members) : null;
}

/** How far into a line what carries it may reach. */
const LONGEST_PREFIX = 300;

/**
 * Where the JSON begins at which a line of text ends, such as that of a program behind the time and the name of its
 * container; -1 if there is none.
 */
export function carriedFrom(text: string): number {
  if (!text.endsWith('}')) return -1;
  const at = text.slice(0, LONGEST_PREFIX).indexOf('{"');
  return at > 0 && !text.slice(0, at).includes('\n') ? at : -1;
}
