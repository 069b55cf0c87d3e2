import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What separates one help text from the next. */
const END = '\u0000';

/**
 * Writes the man page beside the bundle, from the help texts and the list of exit codes, so that it
 * says what the program says.
 */
export function manPlugin() {
  return {
    name: 'man',
    writeBundle({ dir = '.' }: { dir?: string }) {
      const texts = textsOf(resolve(dir, 'cli.cjs'));
      writeFileSync(join(dir, 'errprobe.1'), manPage(texts));
    },
  };
}

/** The version, the help of the program and of each command, and the exit codes. */
function textsOf(program: string): { version: string; help: string; commands: [string, string][]; exits: string } {
  const script = `(async () => {
    process.stdout.setMaxListeners(0);
    const { main } = require(${JSON.stringify(program)});
    const say = async (...argv) => { await main(argv); process.stdout.write(${JSON.stringify(END)}); };
    await say('--version'); await say('exit-codes'); await say('help');
    for (const name of process.argv.slice(1)) await say('help', name);
  })()`;
  const run = (names: string[]) =>
    execFileSync(process.execPath, ['-e', script, ...names], { encoding: 'utf8' })
      .split(END)
      .slice(0, -1);
  const [, , help = ''] = run([]);
  const [, listed = ''] = /^Commands:\n((?: {2}.*\n?)+)/m.exec(help) ?? [];
  const names = [...listed.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name = '']) => name).filter((name) => name !== 'help');
  const [version = '', exits = '', , ...helps] = run(names);
  return { version: version.trim(), help, exits, commands: names.map((name, i) => [name, helps[i] ?? '']) };
}

/** The page in the macros of man(7). */
export function manPage({ version, help, commands, exits }: ReturnType<typeof textsOf>): string {
  const about = help.split('\n\n').find((part) => part !== '' && !part.startsWith('Usage:')) ?? '';
  return [
    `.TH ERRPROBE 1 "" "errprobe ${roff(version)}" "User Commands"`,
    '.SH NAME',
    'errprobe \\- explain the errors of HTTP APIs',
    '.SH SYNOPSIS',
    '.B errprobe',
    '.I command',
    '[\\fIoption\\fR ...]',
    '.br',
    '.B errprobe',
    '.IR url | file | status | code',
    '.SH DESCRIPTION',
    roff(about),
    '.SH COMMANDS',
    ...commands.flatMap(([name, text]) => [`.SS ${roff(name)}`, '.nf', roff(text.trimEnd()), '.fi']),
    '.SH "EXIT STATUS"',
    '.nf',
    roff(exits.trimEnd()),
    '.fi',
    '.SH FILES',
    "A project's config is \\fI.errproberc.yaml\\fR; your own is \\fI~/.config/errprobe/config.yaml\\fR.",
    '',
  ].join('\n');
}

/** Text as roff takes it literally. */
const roff = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll(/^([.'])/gm, '\\&$1');
