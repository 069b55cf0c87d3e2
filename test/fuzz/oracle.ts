import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import type { ZodType } from 'zod';
import { coverageSchema } from '../../src/catalogs/coverage-schema.ts';
import { catalogDiffSchema } from '../../src/catalogs/diff-schema.ts';
import { entryListSchema, entryReportSchema } from '../../src/catalogs/entry-report-schema.ts';
import { builtIn, knowledgeOf } from '../../src/catalogs/index.ts';
import { lintReportSchema } from '../../src/catalogs/lint/report-schema.ts';
import { explain } from '../../src/commands/explain/explain.ts';
import { apisOf } from '../../src/config/apis.ts';
import { isSensitiveHeader } from '../../src/http/sensitive.ts';
import type { Effects } from '../../src/model/effects.ts';
import { UsageError } from '../../src/model/errors.ts';
import { EXITS } from '../../src/model/report.ts';
import { renderPretty } from '../../src/render/error/pretty.ts';
import { reportSchema } from '../../src/render/error/schema.ts';
import { renderTicket } from '../../src/render/error/ticket.ts';
import { renderJson } from '../../src/render/json.ts';
import { Secrets } from '../../src/secrets/secrets.ts';
import { triageSchema } from '../../src/triage/schema.ts';
import { run } from '../helpers/terminal.ts';
import type { Case } from './cases.ts';
import { SERVER } from './corpus.ts';
import { type HostileServer, hostileServer } from './server.ts';

const APIS = apisOf(builtIn, []);

/**
 * The most CPU time that a case may take, in milliseconds. The worst takes a tenth on an idle
 * machine.
 */
const BUDGET = 1500;

/** What each request of a file of checks may take beyond that, in milliseconds. */
const BUDGET_PER_REQUEST = 10;

/**
 * The most wall-clock time that a case with few requests may take, in milliseconds: even on a busy machine a second
 * is normal.
 */
const LONGEST = 30_000;

/** Formats that are one JSON document. */
const JSON_FORMATS = ['json', 'sarif', 'problem-types'];

/** The schemas of documents, by the name that is in them. */
const SCHEMAS: Record<string, ZodType> = {
  'errprobe/report@1': reportSchema,
  'errprobe/triage@1': triageSchema,
  'errprobe/catalog-coverage@1': coverageSchema,
  'errprobe/catalog-diff@1': catalogDiffSchema,
  'errprobe/catalog-entries@1': entryReportSchema,
  'errprobe/catalog-lint@1': lintReportSchema,
  'errprobe/catalog-list@1': entryListSchema,
};

/** Runs cases one after the other, and reports what is wrong with each outcome. */
export class Oracle {
  readonly #server: HostileServer;
  readonly #folder = mkdtempSync(join(tmpdir(), 'errprobe-fuzz-'));
  readonly #knowledge = knowledgeOf(builtIn.apis);
  readonly #onStray = (error: unknown) => {
    this.#stray = error instanceof Error ? (error.stack ?? error.message) : String(error);
  };
  #stray: string | null = null;

  private constructor(server: HostileServer) {
    this.#server = server;
    process.on('unhandledRejection', this.#onStray).on('uncaughtException', this.#onStray);
  }

  static async start(): Promise<Oracle> {
    return new Oracle(await hostileServer());
  }

  async end(): Promise<void> {
    process.off('unhandledRejection', this.#onStray).off('uncaughtException', this.#onStray);
    rmSync(this.#folder, { recursive: true, force: true });
    await this.#server.close();
  }

  /** Milliseconds of CPU time that the last case took. */
  ms = 0;

  /** The problem with a case's outcome, or null. */
  async problemOf(one: Case): Promise<string | null> {
    this.#stray = null;
    const begun = process.cpuUsage();
    let problem: string | null;
    try {
      problem = await Promise.race([
        one.kind === 'read' ? this.#read(one) : this.#run(one),
        tooLong((LONGEST * budgetOf(one)) / BUDGET),
      ]);
    } catch (error) {
      problem = `thrown: ${(error as Error).stack}`;
    }
    this.ms = process.cpuUsage(begun).user / 1000;
    if (this.#stray !== null) return `stray: ${this.#stray}`;
    return problem ?? (this.ms > budgetOf(one) ? `slow: ${Math.round(this.ms)} ms` : null);
  }

  /** Runs \`explain\` on standard input, with every renderer. */
  async #read({ input = Buffer.alloc(0), tick }: Case): Promise<string | null> {
    const secrets = new Secrets();
    let now = Date.parse('2026-03-01T12:00:00Z');
    const effects = {
      stdin: Readable.from([input]),
      cwd: this.#folder,
      env: {},
      signal: new AbortController().signal,
      now: () => {
        now += tick;
        return now;
      },
    };
    const options = {
      input: '-',
      status: undefined,
      headers: {},
      api: undefined,
      preferred: null,
      exitStatus: true,
      layers: [],
      apis: APIS,
    };
    try {
      const said = await explain(options, this.#knowledge, effects as never, secrets);
      const report = secrets.redactAll(said);
      renderPretty(report, { width: 80, color: 0, verbose: true });
      renderTicket(report, 'errprobe', isSensitiveHeader);
      return documentProblem(secrets.redact(renderJson(report)));
    } catch (error) {
      if (error instanceof UsageError) return null;
      throw error;
    }
  }

  async #run({ argv, input, files, answer, tty, tick }: Case): Promise<string | null> {
    const cwd = this.#folder;
    for (const name of readdirSync(cwd)) rmSync(join(cwd, name), { recursive: true });
    const here = (text: string) => text.replaceAll(SERVER, this.#server.url);
    for (const [name, bytes] of Object.entries(files)) {
      const path = join(cwd, name);
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(path, bytes.includes(SERVER) ? here(bytes.toString()) : bytes);
      chmodSync(path, 0o600);
    }
    this.#server.answer = answer ?? Buffer.alloc(0);
    // All requests end here, whatever host a changed config names.
    const proxy = { HTTPS_PROXY: this.#server.url, HTTP_PROXY: this.#server.url };
    const env = {
      HOME: cwd,
      XDG_STATE_HOME: join(cwd, 'state'),
      XDG_CACHE_HOME: join(cwd, 'cache'),
      KEY: 'fuzz-key-12345',
      ...proxy,
    };
    let now = Date.parse('2026-03-01T12:00:00Z');
    const clock = () => {
      now += tick;
      return now;
    };
    const words = argv.map(here);
    const given = { cwd, env, tty, now: clock, ...(input === undefined ? {} : { input }) };
    const special = argv[0] === 'mock' ? visited(answer) : argv[0] === 'init' && tty ? typing(input) : {};
    const { code, stdout, stderr } = await run(words, { ...given, ...special });
    if (code === 70) return `exit 70: ${stderr || stdout}`;
    if (!EXITS.some((exit) => exit.code === code)) return `exit ${code}: ${stderr}`;
    return outputProblem(words, stdout);
  }
}

/** Sends bytes to the mock that says where it is, and interrupts it afterwards. */
function visited(bytes: Buffer = Buffer.alloc(0)): Pick<Effects, 'signal' | 'stdout'> {
  const interrupt = new AbortController();
  const stdout = new Writable({
    write(chunk, _encoding, done) {
      const port = / served at http:\/\/127\.0\.0\.1:(\d+)/.exec(String(chunk))?.[1];
      if (port !== undefined) {
        connect(Number(port), '127.0.0.1', function (this: Socket) {
          this.end(bytes);
        })
          .on('error', () => {})
          .on('close', () => interrupt.abort('SIGINT'))
          .resume();
      }
      done();
    },
  });
  return { signal: interrupt.signal, stdout };
}

/** Somebody who types at a terminal. */
function typing(input: Buffer = Buffer.alloc(0)): Pick<Effects, 'stdin'> {
  return { stdin: Object.assign(Readable.from([input]), { isTTY: true }) };
}

/** A command must end unless it waits for its input; the only servers here are on this machine. */
function tooLong(ms: number): Promise<string> {
  return new Promise((resolve) => setTimeout(resolve, ms, `hangs: no end after ${Math.round(ms / 1000)} s`).unref());
}

/** The problem with standard output in the requested format, or null. */
function outputProblem(words: string[], stdout: string): string | null {
  // After `--` there are no options.
  const argv = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
  const at = argv.lastIndexOf('--format');
  const format = at < 0 ? null : argv[at + 1];
  if (argv[0]?.startsWith('-') || argv.includes('--help') || argv.includes('--version')) return null;
  if (format === 'ndjson') {
    return stdout.split('\n').filter(Boolean).every(isJson) ? null : `a line is not JSON: ${stdout.slice(0, 500)}`;
  }
  if (argv[0] === 'mcp' && !isJson(stdout))
    return stdout.split('\n').filter(Boolean).every(isJson) ? null : `a message is not JSON: ${stdout.slice(0, 500)}`;
  if (argv[0] === 'completion' || argv.filter((word) => word === '--format').length > 1 || stdout === '') return null;
  return format !== null && JSON_FORMATS.includes(format ?? '') ? documentProblem(stdout) : null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function documentProblem(text: string): string | null {
  let value: { schema?: unknown };
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `not one JSON document (${(error as Error).message}): ${text.slice(0, 500)}`;
  }
  const issue = SCHEMAS[String(value?.schema)]?.safeParse(value).error?.issues[0];
  if (issue === undefined) return null;
  return `not of its schema: ${issue.path.map(String).join('.')}: ${issue.message}`;
}

function budgetOf({ files }: Case): number {
  const requests =
    Object.values(files)
      .join('\n')
      .match(/###|request:/g)?.length ?? 0;
  return BUDGET + requests * BUDGET_PER_REQUEST;
}
