import { resolve } from 'node:path';
import { statsOf } from '../../config/regular-file.ts';
import { placeWithin } from '../../input/within.ts';
import { UsageError } from '../../model/errors.ts';

/** What the user lets an assistant do. */
export interface Allowed {
  /** The IDs of the APIs that requests may go to; empty for no requests. */
  apis: string[];
  /** The folder with the logs that may be read, or null. */
  folder: string | null;
}

/** The arguments that an assistant gives, checked against the tool's schema. */
type Given = Record<string, string | number | undefined>;

/** A command line of errprobe, and its standard input. */
export interface CommandLine {
  argv: string[];
  input?: string | undefined;
}

/** A tool: what the assistant is told of it, and the command that it runs. */
export interface Tool {
  name: string;
  description: string;
  inputSchema: { type: 'object'; properties: Record<string, object>; required: string[]; additionalProperties: false };
  commandLine: (given: Given) => CommandLine;
}

const text = (description: string) => ({ type: 'string', description });
const JSON_REPORT = ['--format', 'json'];
const option = (name: string, value: string | number | undefined): string[] =>
  value === undefined ? [] : [`--${name}=${value}`];

/** The tools that are allowed. */
export function toolsFor({ apis, folder }: Allowed): Tool[] {
  return [
    {
      name: 'explain',
      description:
        'Explain an error of an HTTP API: what it is, why, what to do, and whether trying again can help. Sends nothing.',
      inputSchema: schema(
        {
          error: text('the error as it is: a body, a response with its headers, a line of a log, an exception'),
          status: { type: 'integer', minimum: 100, maximum: 999, description: 'the HTTP status, if it is known' },
          api: text('the ID of the API, if it is known'),
        },
        ['error'],
      ),
      commandLine: ({ error, status, api }) => ({
        argv: ['explain', ...JSON_REPORT, ...option('status', status), ...option('api', api), '-'],
        input: String(error),
      }),
    },
    {
      name: 'catalog_search',
      description: 'Find documented errors by words in code, status, title, cause and resolution.',
      inputSchema: schema({ words: text('a few words'), api: text('the ID of one catalog') }, ['words']),
      commandLine: ({ words, api }) => ({
        argv: ['catalog', 'search', ...JSON_REPORT, ...option('api', api), '--', ...String(words).split(/\s+/)],
      }),
    },
    {
      name: 'catalog_show',
      description: 'Show a documented error by its ID (stripe/card-declined), its code or its status.',
      inputSchema: schema({ error: text('an ID, a code or a status') }, ['error']),
      commandLine: ({ error }) => ({ argv: ['catalog', 'show', ...JSON_REPORT, '--', String(error)] }),
    },
    ...(apis.length === 0 ? [] : [callTool(apis)]),
    ...(folder === null ? [] : [triageTool(folder)]),
  ];
}

/** Sends a request to a configured API: only a path can be given, so the key cannot go elsewhere. */
const callTool = (apis: string[]): Tool => ({
  name: 'call',
  description: 'Send a request to a configured API with its key, and explain the answer. The key is never shown.',
  inputSchema: schema(
    {
      api: { type: 'string', enum: apis },
      method: { type: 'string', enum: ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'] },
      path: { type: 'string', pattern: '^/(?![/\\\\])', description: 'a path with its query: /users?page=2' },
      body: text('the body, usually JSON'),
    },
    ['api', 'method', 'path'],
  ),
  commandLine: ({ api, method, path, body }) => ({
    argv: [
      ...['call', ...JSON_REPORT, '--no-history', ...option('api', api)],
      ...(body === undefined ? [] : ['--data-binary', '-']),
      ...['--', String(method), belowBase(String(path))],
    ],
    input: body === undefined ? undefined : String(body),
  }),
});

/** @throws UsageError for a path that leads above the base URL, as URLs are read (WHATWG URL, path state) */
function belowBase(path: string): string {
  const segments =
    path
      .replaceAll(/[\t\n\r]/g, '')
      .split(/[?#]/, 1)[0]
      ?.split(/[/\\]/) ?? [];
  if (!segments.some((segment) => /^(?:\.|%2e){2}$/i.test(segment.trim()))) return path;
  throw new UsageError(`the path ${path} leads above the base URL`);
}

const triageTool = (folder: string): Tool => ({
  name: 'triage',
  description: 'Count the errors in a log by cause, with advice for each.',
  inputSchema: schema({ file: text('a file, relative to the folder of logs') }, ['file']),
  commandLine: ({ file }) => ({ argv: ['triage', ...JSON_REPORT, '--', inside(folder, String(file))] }),
});

/** @throws UsageError for a file that is elsewhere, also by a link, and for a pipe, which may never end */
function inside(folder: string, file: string): string {
  const place = placeWithin(resolve(folder, file), [folder]);
  // Whether there is such a file elsewhere is not said.
  if (typeof place === 'string' || statsOf(place.real)?.isFile() !== true)
    throw new UsageError(`there is no file ${file} in the folder of logs`);
  return place.real;
}

const schema = (properties: Record<string, object>, required: string[]): Tool['inputSchema'] => ({
  ...{ type: 'object', properties, required },
  additionalProperties: false,
});
