import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { builtIn } from '../../catalogs/index.ts';
import { apisOf, keyVariable } from '../../config/apis.ts';
import { userFolder } from '../../config/load.ts';
import { readLayer } from '../../config/parse-config.ts';
import { resolveApi } from '../../config/resolve.ts';
import { UsageError } from '../../model/errors.ts';
import { heldIn, type KeyVariables, keyIn, namesOf, variablesInWords } from '../../model/key-variables.ts';
import { looksLikeCredential } from '../../secrets/names.ts';
import { ask, canAsk } from '../../terminal/ask.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { rememberTrust } from '../../terminal/trust.ts';
import { shellCommand } from '../../text/shell.ts';
import { configText, type Described } from './config-text.ts';

/** The command line of `init`. */
export interface InitArguments {
  api?: string | undefined;
  baseUrl?: string | undefined;
  auth?: string | undefined;
  env?: string | undefined;
  /** True for the user's own config. */
  user?: true | undefined;
  /** True to ask nothing. */
  yes?: true | undefined;
}

/** Runs `init`: asks for what was not given and writes a config; returns the exit code. */
export async function runInit(args: InitArguments, terminal: Terminal): Promise<number> {
  const { effects, out } = terminal;
  if (!args.yes && !canAsk(effects)) throw new UsageError('no terminal is there to ask: give the options, and --yes');
  const described = await describe(args, terminal);
  const folder = args.user ? userFolder(effects.env) : effects.cwd;
  if (folder === null)
    throw new UsageError('no folder is known for your own config: HOME and XDG_CONFIG_HOME are not absolute');
  const file = join(folder, args.user ? 'config.yaml' : '.errproberc.yaml');
  const text = configText(described);
  await write(file, text, args.user === true);
  if (!args.user) await trust(file, text, described, terminal);
  const shown = relative(effects.cwd, file).startsWith('..') ? file : relative(effects.cwd, file);
  const isSet = keyIn(described.variables, effects.env) !== null;
  const next = described.auth === 'none' || isSet ? '' : `Set ${variablesInWords(described.variables)} to the key. `;
  const first = shellCommand({
    program: ['errprobe', 'call'],
    positionals: ['GET', '/'],
    options: [['--api', described.id]],
  });
  await out.write(`Wrote ${shown}. ${next}Then: ${first}\n`);
  return 0;
}

async function write(file: string, text: string, isOwn: boolean): Promise<void> {
  try {
    if (isOwn) await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST')
      throw new UsageError(`${file} exists; add the API to it (docs/config.md), or remove it first`);
    throw new UsageError(`cannot write ${file}: ${code}`);
  }
}

/** Whoever wrote the file agrees to what it does. */
async function trust(file: string, text: string, { id, variables }: Described, { effects }: Terminal): Promise<void> {
  const layers = [readLayer(text, file, effects.cwd)];
  const api = apisOf(builtIn, layers).find((one) => one.id === id) ?? null;
  const set = Object.fromEntries(namesOf(variables).map((name) => [name, effects.env[name] || 'unset']));
  const { uses = [] } = resolveApi(api, layers, { ...effects.env, ...set });
  await rememberTrust(file, uses, effects);
}

/** Settles what the config says, by option, question or default. */
async function describe(args: InitArguments, terminal: Terminal): Promise<Described> {
  const settle = async (
    given: string | undefined,
    question: string,
    fallback: string,
    check: Check,
  ): Promise<string> => {
    if (given !== undefined || args.yes) {
      const value = given ?? fallback;
      const problem = check(value);
      if (problem !== null) throw new UsageError(problem);
      return value;
    }
    for (;;) {
      const answer = await ask(
        `${question}${fallback === '' ? '' : ` [${fallback}]`}: `,
        terminal.effects,
        terminal.err,
      );
      if (answer === null) throw new UsageError('nothing was written: the input ended');
      const value = answer.trim() === '' ? fallback : answer.trim();
      const problem = check(value);
      if (problem === null) return value;
      await terminal.err.write(`${problem}\n`);
    }
  };
  const id = await settle(args.api, 'Name of the API', 'my-api', nameProblem);
  const catalog = builtIn.apis.find((one) => one.id === id) ?? builtIn.known.load(id);
  const baseUrl = await settle(args.baseUrl, 'Base URL', catalog?.baseUrl ?? '', urlProblem);
  const isKnown = catalog?.auth !== undefined && args.auth === undefined;
  const auth = isKnown
    ? 'documented'
    : await settle(
        args.auth,
        'How is the key sent? bearer, basic, header:<name>, query:<name> or none',
        'bearer',
        authProblem,
      );
  const documented = catalog?.auth ?? { env: keyVariable(id) };
  const variables: KeyVariables = heldIn(documented, terminal.effects.env) ?? documented;
  // Those of Basic authentication are the two that the API's own tools use.
  if (auth === 'none' || (isKnown && variables.user !== undefined && args.env === undefined))
    return { id, baseUrl, auth, variables };
  const env = await settle(args.env, 'Which variable holds the key?', variables.env, variableProblem);
  return { id, baseUrl, auth, variables: { env } };
}

/** What is wrong with an answer; null if nothing is. No message repeats an answer: it may be a key. */
type Check = (answer: string) => string | null;

const nameProblem: Check = (id) => (/^[\w.-]+$/.test(id) ? null : 'A name has letters, digits, dots, - and _ only.');

const urlProblem: Check = (text) => {
  if (text === '') return 'Without a base URL, no path can be called: give it as --base-url https://api.example.com';
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
    return 'A base URL begins with https:// (or http:// for this machine).';
  const { username, password, search, hash } = new URL(text);
  return username + password + search + hash === '' ? null : 'A base URL has no credentials, query or fragment.';
};

const authProblem: Check = (text) =>
  /^(?:bearer|basic|none|(?:header|query):[\w.-]+)$/.test(text)
    ? null
    : 'Say bearer, basic, header:<name>, query:<name> or none.';

const variableProblem: Check = (name) => {
  if (/^[A-Za-z_]\w*$/.test(name) && (name === name.toUpperCase() || !looksLikeCredential(name))) return null;
  return 'That is no name of a variable. If it is the key itself: no key is written, set a variable to it.';
};
