import { fileURLToPath } from 'node:url';
import { Help, type HelpConfiguration } from 'commander';
import type { Effects } from '../model/effects.ts';
import { wrap } from '../render/text.ts';

/** The examples in the help of the program. */
export const EXAMPLES = `
Examples:
  errprobe https://api.example.com/users
  errprobe POST :8080/orders name=Ada
  cat error.json | errprobe
  errprobe 429
  errprobe call GET /cyber-assets --mock 429,429,200 --retry

More: errprobe <command> --help`;

/** How the help looks on an output: its width, and the order of its parts. */
export function helpFor(stdout: Effects['stdout']): HelpConfiguration {
  return {
    helpWidth: helpWidth(stdout),
    minWidthToWrap: NARROWEST,
    subcommandTerm: (command) => command.name(),
    formatItem,
    groupItems,
  };
}

/** The width of the help, in columns: that of a terminal, as far as lines stay readable. */
const helpWidth = ({ isTTY, columns }: Effects['stdout']) => (isTTY ? Math.min(100, Math.max(40, columns || 80)) : 80);

/** The least columns for a description beside its option; with less it goes below. */
const NARROWEST = 24;

/** Like the method of commander, but with room for descriptions on a narrow terminal. */
function formatItem(term: string, termWidth: number, description: string, helper: Help): string {
  const width = helper.helpWidth ?? 80;
  if (width - termWidth - 4 >= NARROWEST) {
    return Help.prototype.formatItem.call(helper, term, termWidth, description, helper);
  }
  return [`  ${term}`, ...wrap(description, width - 6).map((line) => `      ${line}`)].join('\n');
}

/** The groups of options in the order of every help; `Options:` has what belongs to none. */
const ORDER = ['Input:', 'Request:', 'Selection:', 'Authentication:', 'Connection:', 'Retry:', 'Run:', 'Output:'];

const placeOf = (group: string) => (ORDER.includes(group) ? ORDER.indexOf(group) : ORDER.length);

function groupItems<T>(this: Help, all: T[], visible: T[], groupOf: (item: T) => string): Map<string, T[]> {
  const groups = Help.prototype.groupItems.call(this, all as never, visible as never, groupOf as never);
  return new Map([...groups].sort(([one], [other]) => placeOf(one) - placeOf(other))) as unknown as Map<string, T[]>;
}

/** The help for a reader at a terminal: with the place of the page that it refers to. */
export function withPlaces(text: string, { isTTY }: Effects['stdout']): string {
  if (isTTY !== true) return text;
  return text.replace(/^More: docs\/([\w-]+\.md) in the package$/m, (_, page) => {
    const path = fileURLToPath(new URL(`../../docs/${page}`, import.meta.url));
    return `More: ${path}`;
  });
}
