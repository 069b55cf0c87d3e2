import type { Command, Option } from 'commander';
import { allKnown } from '../../catalogs/find.ts';
import { profileNames } from '../../config/profile.ts';
import { defaultApi } from '../../config/resolve.ts';
import type { Catalog } from '../../model/catalog.ts';
import { ConfigError, UsageError } from '../../model/errors.ts';
import { CHECK_REPORTS } from '../../render/formats.ts';
import { visibleLine } from '../../render/text.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { type LoadedConfig, loadConfig } from '../loaded-config.ts';

/** A word that may follow, and what it is. */
type Candidate = [word: string, description: string];

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/**
 * What may stand in the place of the last word: a line each, with a tab before the description. An
 * empty result leaves the completion of file names to the shell.
 */
export async function complete(
  written: string[],
  commands: readonly Command[],
  { effects, secrets }: Pick<Terminal, 'effects' | 'secrets'>,
): Promise<string> {
  const words = joined(written);
  const last = words.at(-1) ?? '';
  const load = async (): Promise<LoadedConfig | null> => {
    try {
      return await loadConfig(effects, secrets);
    } catch (error) {
      // Nothing can be said at this place; the command itself says what is wrong.
      if (error instanceof ConfigError || error instanceof UsageError) return null;
      throw error;
    }
  };
  const found = await candidatesFor(words.slice(0, -1), last, commands, load, effects.env);
  const [option = '', value] = /^(--[\w-]+=)(.*)$/s.exec(last)?.slice(1) ?? [];
  // bash has the value as a word of its own, and replaces that only.
  const prefix = value === undefined || written.at(-1) !== last ? '' : option;
  const fitting = found.filter(([word]) => word.startsWith(value ?? last) && TO_THE_LETTER.test(word));
  const unique = new Map(fitting.map(([word, description]) => [word, description]));
  return [...unique]
    .map(([word, text]) => `${visibleLine(prefix + word)}\t${visibleLine(text).slice(0, 70)}\n`)
    .join('');
}

/**
 * Words that every shell takes to the letter. bash and PowerShell put what is offered into the line as it is, and a
 * path or a name of the folder's files may hold a command.
 */
const TO_THE_LETTER = /^[\p{L}\p{N}_./:@%+,={}-]+$/u;

/** The words with `--option`, `=` and the value as one, which bash takes apart. */
function joined(words: string[]): string[] {
  const all: string[] = [];
  for (const word of words) {
    const before = all.at(-1) ?? '';
    const continues = (word === '=' && before.startsWith('--')) || /^--[\w-]+=$/.test(before);
    if (continues) all[all.length - 1] = before + word;
    else all.push(word);
  }
  return all;
}

async function candidatesFor(
  before: string[],
  last: string,
  commands: readonly Command[],
  load: () => Promise<LoadedConfig | null>,
  env: Terminal['effects']['env'],
): Promise<Candidate[]> {
  const [name = '', ...rest] = before;
  if (before.length === 0) return commands.map((command) => [command.name(), command.description()]);
  const top = commands.find((command) => command.name() === name);
  if (top === undefined) return [];
  const sub = top.commands.find((command) => command.name() === rest[0]);
  const command = sub ?? top;
  const inline = /^(--[\w-]+)=/.exec(last)?.[1];
  const option = optionOf(command, inline ?? before.at(-1) ?? '');
  if (option !== null && (option.required || inline !== undefined)) return await valuesOf(option, name, load);
  if (last.startsWith('-'))
    return command.options
      .filter(({ hidden, long }) => !hidden && long)
      .map((one) => [one.long ?? '', one.description]);
  const positionals = positionalsIn(sub === undefined ? rest : rest.slice(1), command);
  if (top.commands.length > 0 && sub === undefined) return top.commands.map((one) => [one.name(), one.description()]);
  return await operandsOf(sub === undefined ? name : `${name} ${sub.name()}`, positionals, before, load, env);
}

const optionOf = (command: Command, flag: string): Option | null =>
  command.options.find(({ long, short }) => flag === long || flag === short) ?? null;

/** The words that are neither options nor their values. */
function positionalsIn(words: string[], command: Command): string[] {
  return words.filter((word, i) => !word.startsWith('-') && optionOf(command, words[i - 1] ?? '')?.required !== true);
}

/** What an option takes. */
async function valuesOf(
  option: Option,
  command: string,
  load: () => Promise<LoadedConfig | null>,
): Promise<Candidate[]> {
  if (option.argChoices !== undefined) return option.argChoices.map((choice) => [choice, '']);
  if (option.long === '--api') return apiCandidates(await load());
  if (option.long === '--profile') return profileNames((await load())?.layers ?? []).map((name) => [name, '']);
  if (option.long === '--report' && command === 'check')
    return Object.keys(CHECK_REPORTS).map((name) => [`${name}=`, '']);
  if (option.long === '--request') return METHODS.map((method) => [method, '']);
  return [];
}

async function operandsOf(
  command: string,
  given: string[],
  before: string[],
  load: () => Promise<LoadedConfig | null>,
  env: Terminal['effects']['env'],
): Promise<Candidate[]> {
  if (command === 'completion') return ['bash', 'zsh', 'fish', 'powershell'].map((shell) => [shell, '']);
  if (['mock', 'audit', 'doctor', 'init'].includes(command))
    return given.length === 0 ? apiCandidates(await load()) : [];
  if (command === 'catalog export') return apiCandidates(await load());
  if (command === 'explain' || command === 'catalog show') return entryCandidates(await load());
  if (command !== 'call') return [];
  const methods: Candidate[] = given.length === 0 ? METHODS.map((method) => [method, '']) : [];
  const target = given.filter((word) => !METHODS.includes(word.toUpperCase()));
  if (target.length > 0) return [];
  const config = await load();
  if (config === null) return methods;
  const named = before.indexOf('--api') < 0 ? null : (before[before.indexOf('--api') + 1] ?? null);
  const id = named ?? defaultApi(config.layers, config.apis, env);
  const catalog = config.apis.find((api) => api.id === id)?.catalog ?? null;
  const { openApiPaths } = await import('./openapi-paths.ts');
  const described = await openApiPaths(config.layers, id, given[0] ?? null);
  return [...methods, ...described, ...(catalog === null ? [] : pathsOf(catalog))];
}

function apiCandidates(config: LoadedConfig | null): Candidate[] {
  const all = [...(config?.apis ?? []), ...(config?.knowledge.known.apis ?? [])];
  return all.map(({ id, name }): Candidate => [id, name === id ? '' : name]);
}

function entryCandidates(config: LoadedConfig | null): Candidate[] {
  if (config === null) return [];
  const { apis, http, network, gateways, known } = config.knowledge;
  return [...apis, http, network, gateways, ...allKnown(known)].flatMap(({ id, entries }) =>
    entries.map((entry): Candidate => [`${id}/${entry.id}`, entry.title]),
  );
}

/** The documented paths, and those that its mock serves. */
function pathsOf({ paths = [], mock }: Catalog): Candidate[] {
  const served = (mock?.resources ?? []).map(({ request }) => request.replace(/^\S+ /, ''));
  return [...new Set([...paths, ...served])].map((path) => [path, '']);
}
