import {
  FORM_TYPE,
  type FormPart,
  filePayload,
  JSON_TYPE,
  multipart,
  type Payload,
  textIn,
  textPayload,
  typeOfFile,
} from '../../http/payload.ts';
import type { Piece } from '../../http/pieces.ts';
import { jsonProblem } from '../../input/json-problem.ts';
import type { Effects } from '../../model/effects.ts';
import { UsageError } from '../../model/errors.ts';
import type { Headers } from '../../model/exchange.ts';
import { isSensitiveName } from '../../secrets/names.ts';
import { fileToSend } from './file-to-send.ts';
import { type Item, jsonOf, jsonOfItem } from './items.ts';

/** One option that gives data, as curl has them. */
export interface DataPart {
  kind: 'data' | 'data-raw' | 'data-binary' | 'data-urlencode' | 'json';
  text: string;
}

/** All that a command line says about the body. */
export interface BodyOptions {
  /** In the order given. */
  data?: DataPart[] | undefined;
  /** The parts of a multipart form, as curl writes them. */
  parts?: string[] | undefined;
  /** Parts whose text has no special signs. */
  formString?: string[] | undefined;
  /** A file that is the body. */
  uploadFile?: string | undefined;
  items: Item[];
  json?: boolean | undefined;
  form?: boolean | undefined;
  multipart?: boolean | undefined;
}

type BodyEffects = Pick<Effects, 'cwd' | 'stdin' | 'signal' | 'uuid'>;

/** True if a request has a body, which makes it a POST unless a method is named. */
export function hasBody(options: BodyOptions): boolean {
  const { data = [], parts = [], formString = [], uploadFile, items, multipart } = options;
  return (
    data.length + parts.length + formString.length > 0 ||
    uploadFile !== undefined ||
    items.some(isOfBody) ||
    multipart === true
  );
}

const isOfBody = ({ kind }: Item): boolean => kind !== 'query' && kind !== 'header' && kind !== 'empty-header';

/**
 * Builds the body from options, items and files.
 *
 * @returns null for none
 * @throws UsageError for a file that cannot be read, and for contradicting options
 */
export async function readBody(options: BodyOptions, headers: Headers, effects: BodyEffects): Promise<Payload | null> {
  const { data = [], uploadFile } = options;
  const parts = [
    ...(options.parts ?? []).map((text) => partOf(text, effects)),
    ...(options.formString ?? []).map(stringPart),
  ];
  const items = options.items.filter(isOfBody);
  const ways = [data.length > 0, parts.length > 0, uploadFile !== undefined, items.length > 0];
  if (ways.filter(Boolean).length > 1) {
    throw new UsageError('a request has one body: give it by --data, by -F, by -T or by items, not by several');
  }
  if (uploadFile !== undefined)
    return filePayload(await fileToSend(uploadFile, effects), typeOfFile(uploadFile), ['-T', uploadFile]);
  if (data.length > 0) return dataPayload(options, data, headers, effects);
  if (parts.length > 0) return form(await Promise.all(parts), effects);
  return items.length === 0 && options.multipart !== true ? null : itemPayload(options, items, effects);
}

/** The data that `-G` moves to the query, encoded by whoever wrote it. */
export async function readQuery(data: DataPart[], effects: BodyEffects): Promise<string> {
  const contents = await Promise.all(data.map((part) => contentOf(part, effects)));
  return contents.map((content, i) => asText(content, data[i]?.text)).join('&');
}

async function dataPayload(
  { json, form: isForm }: BodyOptions,
  data: DataPart[],
  headers: Headers,
  effects: BodyEffects,
): Promise<Payload> {
  const given = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const contents = await Promise.all(data.map((part) => contentOf(part, effects)));
  const [only] = contents;
  const isJsonOption = json === true || data.some(({ kind }) => kind === 'json');
  if (contents.length === 1 && only !== undefined && typeof only !== 'string') {
    const written = data[0]?.text ?? '';
    const said = given ?? (isJsonOption ? JSON_TYPE : isForm ? FORM_TYPE : typeOfFile(written));
    return filePayload(only, said ?? 'application/octet-stream', ['--data-binary', written]);
  }
  const text = contents.map((content, i) => asText(content, data[i]?.text)).join(isJsonOption ? '' : '&');
  if (text === '') return textPayload('', null);
  const type = given ?? (isJsonOption ? JSON_TYPE : isForm || isFormOnly(data) ? FORM_TYPE : guessed(text));
  const problem = type === undefined || /json/i.test(type) ? jsonProblem(text) : null;
  if (problem !== null) {
    throw new UsageError(
      `--data is not valid JSON${problem}, and no form. For another format, say so: --form, or -H 'Content-Type: text/plain'`,
    );
  }
  // A line break at the end of a file is no part of the last field.
  return textPayload(
    type === FORM_TYPE && given === undefined ? text.replace(/(?<![\r\n])[\r\n]+$/, '') : text,
    type ?? JSON_TYPE,
  );
}

const isFormOnly = (data: DataPart[]): boolean => data.some(({ kind }) => kind === 'data-urlencode');

/** Pairs of names and values (URL Standard, application/x-www-form-urlencoded) that are no start of JSON. */
const FORM = /^[^\s=&{}[\]"<]+=[^&\r\n]*(?:&(?:[^\s=&]+(?:=[^&\r\n]*)?)?)*[\r\n]*$/;

/** The type of data for which nothing says it; undefined for text that has to be JSON. */
function guessed(text: string): string | undefined {
  return FORM.test(text) ? FORM_TYPE : undefined;
}

/** The content of a data option: text, or a file that is none or is large. `@` reads a file, `-` standard input. */
async function contentOf({ kind, text }: DataPart, effects: BodyEffects): Promise<string | Piece> {
  if (kind === 'data-raw') return text;
  if (kind === 'data-urlencode') return encodedPair(text, effects);
  if (text !== '-' && !text.startsWith('@')) return text;
  const bytes = await fileToSend(text === '-' ? '-' : text.slice(1), effects);
  return textIn(bytes) ?? bytes;
}

function asText(content: string | Piece, written = ''): string {
  return typeof content === 'string' ? content : notText(written.replace(/^@/, ''));
}

/** curl's forms: `text`, `=text`, `name=text`, `@file` and `name@file`. */
async function encodedPair(text: string, effects: BodyEffects): Promise<string> {
  const [, name = '', sign, content = ''] = /^([^=@]*)([=@])([\s\S]*)$/.exec(text) ?? [];
  if (sign === undefined) return encodeURIComponent(text);
  const value = encodeURIComponent(sign === '@' ? await fileText(content, effects) : content);
  return name === '' ? value : `${name}=${value}`;
}

async function fileText(path: string, effects: BodyEffects): Promise<string> {
  return textIn(await fileToSend(path, effects)) ?? notText(path);
}

function notText(path: string): never {
  throw new UsageError(
    `${path} is not text, or too large to be joined: send it alone, with --data-binary @${path}, or as a part, with -F name=@${path}`,
  );
}

/** A part as curl writes it: `name=text`, `name=@file;type=…;filename=…`, `name=<file`. */
async function partOf(text: string, effects: BodyEffects): Promise<FormPart> {
  const spelling = ['-F', text];
  const [, name, sign = '', rest = ''] = /^([^=]+)=([@<]?)([\s\S]*)$/.exec(text) ?? [];
  if (name === undefined) throw new UsageError('-F needs name=value, name=@file or name=<file');
  if (sign === '') {
    const [, content = rest, type = null] = /^([\s\S]*?);type=([\w.+-]+\/[\w.+-]+)$/.exec(rest) ?? [];
    return { name, content, filename: null, type, spelling };
  }
  const [path = '', ...settings] = rest.split(/;(?=(?:type|filename|encoder|headers)=)/);
  const setting = (wanted: string) =>
    settings
      .find((one) => one.startsWith(`${wanted}=`))
      ?.slice(wanted.length + 1)
      .replace(/^"(.*)"$/, '$1');
  const bytes = await fileToSend(path.replace(/^"(.*)"$/, '$1'), effects);
  if (sign === '<') return { name, content: bytes, filename: null, type: setting('type') ?? null, spelling };
  const filename = setting('filename') ?? baseOf(path);
  const type = setting('type') ?? typeOfFile(filename) ?? 'application/octet-stream';
  return { name, content: bytes, filename, type, spelling };
}

function stringPart(text: string): FormPart {
  const [, name, content = ''] = /^([^=]+)=([\s\S]*)$/.exec(text) ?? [];
  if (name === undefined) throw new UsageError('--form-string needs name=value');
  return { name, content, filename: null, type: null, spelling: ['--form-string', text] };
}

const baseOf = (path: string): string => (path === '-' ? 'stdin' : (path.split(/[/\\]/).at(-1) ?? path));

function form(parts: FormPart[], { uuid }: BodyEffects): Payload {
  return multipart(parts, `errprobe-${uuid().replaceAll('-', '')}`, isSensitiveName);
}

/** The body of HTTPie's items: JSON, a form, or a multipart form if there are files. */
async function itemPayload(options: BodyOptions, items: Item[], effects: BodyEffects): Promise<Payload> {
  const [first] = items;
  if (first?.kind === 'file' && first.name === '') {
    if (items.length > 1) throw new UsageError('@file without a name is the whole body: give the other items names');
    return filePayload(await fileToSend(first.value, effects), typeOfFile(first.value), [
      '--data-binary',
      `@${first.value}`,
    ]);
  }
  if (options.multipart || items.some(({ kind }) => kind === 'file')) {
    return form(await Promise.all(items.map((item) => itemPart(item, effects))), effects);
  }
  const values = await Promise.all(items.map(async (item) => ({ item, text: await textOfItem(item, effects) })));
  if (options.form) {
    return textPayload(
      new URLSearchParams(values.map(({ item, text }): [string, string] => [item.name, text])).toString(),
      FORM_TYPE,
    );
  }
  const members = values.map(({ item: { kind, name }, text }): [string, string] => [
    name,
    kind === 'json' || kind === 'json-file' ? jsonOfItem(name, text) : JSON.stringify(text),
  ]);
  return textPayload(jsonOf(members), JSON_TYPE);
}

function textOfItem({ kind, value }: Item, effects: BodyEffects): Promise<string> {
  return kind === 'text-file' || kind === 'json-file' ? fileText(value, effects) : Promise.resolve(value);
}

function itemPart({ kind, name, value }: Item, effects: BodyEffects): FormPart | Promise<FormPart> {
  if (kind === 'file') return partOf(`${name}=@${value}`, effects);
  if (kind === 'text-file' || kind === 'json-file') return partOf(`${name}=<${value}`, effects);
  return stringPart(`${name}=${value}`);
}
