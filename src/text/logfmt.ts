/** A logfmt pair at a position: `name=value`, with a bare or double-quoted value. */
const PAIR = /\s*([A-Za-z_][\w.@-]{0,100})=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))(?=\s|$)/y;

/**
 * Parses a line of logfmt, `status=401 error=Unauthorized msg="API key has expired"`. Integers
 * become numbers. Undefined for a text that is not entirely logfmt, or has only one pair.
 */
export function parseLogfmt(text: string): Record<string, unknown> | undefined {
  const line = text.trim();
  const members: [string, unknown][] = [];
  PAIR.lastIndex = 0;
  for (let at = 0; at < line.length; at = PAIR.lastIndex) {
    const [, name, quoted, bare = ''] = PAIR.exec(line) ?? [];
    if (name === undefined) return undefined;
    members.push([name, quoted === undefined ? plain(bare) : quoted.replaceAll(/\\(.)/g, unescaped)]);
  }
  return members.length < 2 ? undefined : Object.fromEntries(members);
}

function plain(bare: string): unknown {
  return /^-?\d{1,15}$/.test(bare) ? Number(bare) : bare;
}

function unescaped(_: string, char: string): string {
  return { n: '\n', t: '\t', r: '\r' }[char] ?? char;
}
