import { anyOf } from '../../text/any-of.ts';
import { once } from '../../text/once.ts';
import { LIBRARIES, OF_AZURE_SDK } from './libraries.ts';
import { LIKE_AWS } from './like-aws.ts';
import { TOOLS, type Tool } from './tools.ts';

/** How much of a text is searched. */
const SEARCHED = 16 * 1024;

const ANY_SIGN = anyOf(() => TOOLS.flatMap(({ signs }) => signs.map((sign) => partsOf(sign)[0] ?? '')));

/** The tool that wrote a text; null if no sign tells. */
export function findTool(text: string): Tool | null {
  const start = `\n${text.slice(0, SEARCHED)}`;
  if (!ANY_SIGN.test(start)) return null;
  return TOOLS.find(({ signs }) => signs.some((sign) => hasSign(start, sign))) ?? null;
}

/** Those that call one well-known API only: tools, and libraries in the output of other programs. */
const callers = once(() =>
  [...TOOLS, ...LIBRARIES].flatMap(({ api, signs }) => (api === undefined ? [] : [{ api, signs }])),
);

const ANY_CALLER = anyOf(() => callers().flatMap(({ signs }) => signs.map((sign) => partsOf(sign)[0] ?? '')));

/** The well-known API that a text is about, by the tool or library that wrote it; null if no sign tells. */
export function findApi(text: string): string | null {
  // JSON doubles the backslashes in the names of PHP.
  const start = `\n${text.slice(0, SEARCHED)}`.replaceAll('\\\\', '\\');
  if (OF_AZURE_SDK.test(start)) return 'azure';
  if (!ANY_CALLER.test(start)) return null;
  const api = callers().find(({ signs }) => signs.some((sign) => hasSign(start, sign)))?.api ?? null;
  return api === 'aws' && LIKE_AWS.test(start) ? null : api;
}

/** The tool with an ID. */
export function toolOf(id: string | undefined): Tool | null {
  return id === undefined ? null : (TOOLS.find((tool) => tool.id === id) ?? null);
}

function hasSign(text: string, sign: string): boolean {
  const [first = '', second] = partsOf(sign);
  const at = text.indexOf(first);
  if (at < 0 || second === undefined) return at >= 0;
  return (
    text
      .slice(at, at + 400)
      .split('\n', 1)[0]
      ?.includes(second) === true
  );
}

function partsOf(sign: string): string[] {
  return sign.replace(/^\^/, '\n').split('…');
}
