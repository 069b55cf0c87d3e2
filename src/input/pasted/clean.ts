import { stripVTControlCharacters } from 'node:util';
import { lookup } from '../../text/lookup.ts';
import { once } from '../../text/once.ts';
import { firstRowOf } from './table.ts';

/** So much of a text is looked at. */
export const SEARCHED = 64 * 1024;

/**
 * Prefixes that programs add to the lines they pass on. Each may precede another: a line of a log in that
 * of a container in that of a build.
 */
const PREFIXES: RegExp[] = [
  // A time by itself, in brackets or behind a date with slashes: container logs, builds, Go's log.
  /\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?\]?\s+(?=\S)/y,
  // syslog and journald: time, host, program and its process.
  /(?:<\d{1,3}>)?[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \S{1,100} [\w./@-]{1,80}(?:\[\d{1,10}\])?: /y,
  // Ruby's logger, and the tag of a request behind it.
  /[DIWEFA], \[[^\]\n]{10,60}\] +[A-Z]{3,7} -- [\w.:]{0,60}: ?/y,
  /\[[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\] ?/y,
  // Lambda, behind the time: the ID of the invocation and the level.
  /(?:\w{8}(?:-\w{4}){3}-\w{12}|undefined)\t(?:ERROR|FATAL|WARN|INFO|DEBUG|TRACE)\t/y,
  // klog: level and date, process, file and line.
  /[IWEF]\d{4} \d\d:\d\d:\d\d\.\d{1,9} +\d{1,10} [\w.-]{1,80}:\d{1,6}\] /y,
  // Android's logcat, behind its date or its time: process and thread, tag, level.
  /(?:\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} +)?\d{1,6}[- ]\d{1,6} [^\n]{1,120}? [VDIWEF](?: {2}| \S{1,60}: )/y,
  // docker compose and the like: the name of the service.
  /[\w.-]{1,80}\s{1,20}\| /y,
  // Frames that Terraform draws, what git says the other side said, npm, quoted mail, BuildKit.
  /[│|╷╵]\s?/y,
  /remote: /y,
  /npm (?:ERR!|error|warn|WARN|notice|http|info retry) ?/y,
  /> (?=\S)/y,
  /#\d{1,3} \d{1,5}\.\d{1,3} /y,
  // The logs of Azure Pipelines.
  /##\[(?:error|warning|section|debug)\]/y,
];

const MOST_PREFIXES = 4;

const ENTITIES: Record<string, string> = { quot: '"', amp: '&', lt: '<', gt: '>', apos: "'", nbsp: ' ' };

/** A text as the program wrote it: without colours, prefixes of lines, and what mail and pages make of some characters. */
export function cleaned(text: string): string {
  const plain = withoutLinks(
    withoutAnchors(stripVTControlCharacters(text.slice(0, SEARCHED)).replaceAll('\r\n', '\n')),
  );
  const row = firstRowOf(plain);
  if (row !== null) return row;
  return withoutShared(
    joinedBoxes(
      withoutErlang(
        unescapedEntities(unquoted(withoutPictures(asObject(unordered(unfolded(untraced(unwrapped(plain)))))))),
      ),
    ).split('\n'),
  )
    .map(withoutPrefix)
    .map(ofMonolog)
    .join('\n');
}

/** The numbers of lines that GitHub links in a log somebody copied, also within another number: `AADSTS700[21](https://…)1`. */
const withoutAnchors = (text: string): string =>
  text.includes('](https://github.com/')
    ? text.replaceAll(/\[(\d{1,5})\]\(https:\/\/github\.com\/[^\s()]{1,300}\)/g, '$1')
    : text;

/** A URL of JSON of which an editor made a link, the quotation mark behind it within: `"[https://…"](https://…%22)`. */
const withoutLinks = (text: string): string =>
  text.includes('"](http')
    ? text.replaceAll(/"\[(https?:\/\/[^\s"\]()]{1,500})"\]\(https?:\/\/[^\s()"]{1,500}\)/g, '"$1"')
    : text;

/** A pair in an ordered dictionary of Python, whose value holds no other one, and such a dictionary. */
const ordered = once(() => {
  const value = `u?'(?:[^'\\\\\\n]|\\\\.){0,1000}'|u?"(?:[^"\\\\\\n]|\\\\.){0,1000}"|[\\w.-]{1,40}|\\{[^{}\\n]{0,2000}\\}`;
  const pair = `\\((u?'[^'\\\\\\n]{1,80}'), (${value})\\)`;
  return {
    pair: new RegExp(pair, 'g'),
    all: new RegExp(`\\bOrderedDict\\(\\[(${pair}(?:, ${pair}){0,30})\\]\\)`, 'g'),
  };
});

/** The most dictionaries within each other. */
const MOST_ORDERED = 4;

/** Ordered dictionaries of Python as plain ones, from the innermost on. */
function unordered(text: string): string {
  let plain = text;
  for (let i = 0; i < MOST_ORDERED && plain.includes('OrderedDict(['); i++) {
    const { pair, all } = ordered();
    plain = plain.replaceAll(all, (_, pairs: string) => `{${pairs.replaceAll(pair, '$1: $2')}}`);
  }
  return plain;
}

/** The context of a line of Monolog, from its bracket to what the exception says. */
const OF_MONOLOG =
  /\{(?:"[\w.-]{1,40}":(?:"[^"\n]{0,200}"|[\w.-]{1,40}),){0,8}"exception":"\[object\] \(([A-Z][\w\\]{2,200})\(code: (\w{1,10})\): (?=\S)/;

/** A line of Monolog as PHP would have printed the exception: `local.ERROR: sentence {"exception":"[object] (App\\\\Failed(code: 0): sentence at …`. */
function ofMonolog(line: string): string {
  const found = OF_MONOLOG.exec(line);
  if (found === null) return line;
  const [{ length }, name = '', code] = found;
  const before = line.slice(0, found.index).trim();
  const rest = line
    .slice(found.index + length)
    .replace(/ at (?:\/|[A-Z]:)[^\s:]{1,300}:\d{1,6}\)(?:"\}?)?.{0,20}$/, '');
  const said = before.replace(/^\S{1,60}: /, '');
  // The logged message mostly repeats that of the exception.
  const own = said === '' || rest.startsWith(said) ? '' : `${before}\n`;
  return `${own}${name.replaceAll('\\\\', '\\')}${code === '0' ? '' : ` (code: ${code})`}: ${rest}`;
}

/** A picture before each line of a program: `🤖   "type": "error",`. */
const PICTURE = /^(\p{Extended_Pictographic}\uFE0F?) [ \t]{0,40}\S[^\n]{0,2000}\n\1 [ \t]{0,40}\S[^\n]{0,2000}\n\1 /mu;

/** Lines without the picture that a program puts before each that it passes on. */
function withoutPictures(text: string): string {
  const picture = PICTURE.exec(text)?.[1];
  return picture === undefined ? text : text.replaceAll(`\n${picture} `, '\n').replace(`${picture} `, '');
}

/** Lines that a console of 80 characters cut within a word, as the one of Windows did, in one piece. */
const unwrapped = (text: string): string => text.replaceAll(/^([^\n]{79}[a-z'-])\n(?=[a-z])/gm, '$1');

/** A traceback in the line of the error before it, as a logger of one line appends it, on a line of its own. */
const untraced = (text: string): string =>
  text.replaceAll(/(?<=[a-z.)]) (?=Traceback \(most recent call last\):$)/gm, '\n');

/** A text in quotes that YAML folds over lines; a blank belongs to the indent only, so that a text without its closing quote takes linear time. */
const FOLDED =
  /^([ \t]{0,20}(?:- )?[\w-]{1,40}: ")((?:[^"\\\n]|\\.){1,500}(?:\n[ \t]{1,20}(?![ \t])(?:[^"\\\n]|\\.){1,500}){1,12})(?="[ \t]*$)/gm;

/** Such a text on one line. */
const unfolded = (text: string): string =>
  text.replaceAll(FOLDED, (_, name: string, said: string) => name + said.replaceAll(/\n[ \t]{1,20}/g, ' '));

/** An exception with members of its own as Node.js printed it up to version 10: `{ [S3Error: sentence]`. */
const OF_OLD_NODE = /\{ \[(?:[A-Z]\w{0,60}: )?([^\]\n]{3,1000})\](?=\n? {1,2}\w{1,40}: )/;

/** Such an exception as an object whose first member is what it says. */
const asObject = (text: string): string =>
  text.replace(OF_OLD_NODE, (_, said: string) => `{ message: ${JSON.stringify(said)},`);

/** Maps of Erlang as those of its kin: `#{<<"code">> => <<"Busy">>}`. */
const withoutErlang = (text: string): string =>
  text.includes('<<"')
    ? text.replaceAll(/<<("(?:[^"\\\n]|\\.){0,2000}")(?:\/utf8)?>>/g, '$1').replaceAll(/#\{(?=\s{0,80}")/g, '{')
    : text;

/** A sentence that a program wrapped and drew a line beside: `- | failed to decrypt`, `  | with the key`. */
const joinedBoxes = (text: string): string =>
  text.replaceAll(/^[ \t]{1,20}- \| \S[^\n]{0,200}(?:\n[ \t]{1,20}\| \S[^\n]{0,200}){1,20}/gm, (box) =>
    box.replace(/^[ \t]{0,20}- \| /, '').replaceAll(/[ \t]{0,20}\n[ \t]{1,20}\| /g, ' '),
  );

/** The digits of a time. */
const DIGITS_OF_TIME = 8;

/** The most lines to compare. */
const MOST_ALIKE = 200;

/** Lines without what a logger puts before each of them: what most begin with, but for digits, where that holds a time. */
function withoutShared(lines: string[]): string[] {
  const masked = lines.map((line) => line.slice(0, 200).replaceAll(/\d/g, '0'));
  const like = new Map<string, number[]>();
  for (const [i, line] of masked.entries()) {
    if (!/^\W{0,2}0/.test(line)) continue;
    const start = line.slice(0, 20);
    like.set(start, [...(like.get(start) ?? []).slice(0, MOST_ALIKE), i]);
  }
  const [group = []] = [...like.values()].toSorted((a, b) => b.length - a.length);
  if (group.length < 3) return lines;
  let shared = masked[group[0] as number] as string;
  for (const i of group) {
    let length = 0;
    while (length < shared.length && shared[length] === masked[i]?.[length]) length++;
    shared = shared.slice(0, length);
  }
  const prefix = /^.*[\s\]:|](?=\S?)/.exec(shared)?.[0] ?? '';
  if (prefix.replaceAll(/[^0]/g, '').length < DIGITS_OF_TIME) return lines;
  return lines.map((line, i) => (masked[i]?.startsWith(prefix) ? line.slice(prefix.length) : line));
}

function withoutPrefix(line: string): string {
  let at = 0;
  for (let i = 0; i < MOST_PREFIXES; i++) {
    const length = prefixAt(line, at);
    if (length === 0) break;
    at += length;
  }
  return line.slice(at);
}

function prefixAt(line: string, at: number): number {
  for (const prefix of PREFIXES) {
    prefix.lastIndex = at;
    const found = prefix.exec(line);
    if (found !== null) return found[0].length;
  }
  return 0;
}

/** Quoted-printable (RFC 2045, section 6.7) as text; a text that is none comes back as it is. */
function unquoted(text: string): string {
  if (!/=3D|^[^\n]{50,75}=\n/m.test(text)) return text;
  const joined = text.replaceAll(/=\n/g, '');
  const bytes = joined.replaceAll(/(?:=[0-9A-F]{2}){1,200}/g, (run) =>
    Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8'),
  );
  return bytes.includes('\uFFFD') ? joined : bytes;
}

/** Text that was escaped for a page and pasted from it; a page itself comes back as it is. */
function unescapedEntities(text: string): string {
  if (/^\s*</.test(text) || !/&(?:quot|#34|#39|#x27|lt|apos);/.test(text)) return text;
  return text.replaceAll(/&(?:#(\d{1,5})|#x([\da-f]{1,4})|(\w{2,6}));/gi, (whole, decimal, hex, name: string) => {
    if (name !== undefined) return lookup(ENTITIES, name) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
    return code < 32 ? whole : String.fromCharCode(code);
  });
}
