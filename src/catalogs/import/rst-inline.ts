import { withoutEnds } from '../../text/ends.ts';

/** Roles of reStructuredText whose text is code; the text of any other is prose. */
const OF_CODE =
  /^(?:code|literal|file|samp|command|program|option|envvar|data|const|func|meth|class|attr|exc|mod|obj|kbd|regexp|token|http:(?:header|method|mimetype|any|get|post|put|patch|delete))$/;

/**
 * A text of reStructuredText as plain text with code in backticks: without emphasis, roles, targets of
 * links and escapes, and with substitutions replaced.
 *
 * @param texts the substitutions of the document, by name
 */
export function inlineOf(source: string, texts: ReadonlyMap<string, string>): string {
  let text = '';
  let from = 0;
  for (let at = source.indexOf('`'); at >= 0; at = source.indexOf('`', from)) {
    const mark = source.startsWith('``', at) ? '``' : '`';
    const end = source.indexOf(mark, at + mark.length);
    if (end < 0) break;
    text += prose(source.slice(from, at), texts);
    const inner = source.slice(at + mark.length, end);
    from = end + mark.length;
    if (mark === '``') text += `\`${inner}\``;
    else {
      const role = /:([\w.+-]{1,30}(?::[\w.+-]{1,30})?):$/.exec(text.slice(-64));
      if (role !== null) text = text.slice(0, text.length - role[0].length);
      text += interpreted(inner, role?.[1] ?? null);
      from += /^(?:__?|:[\w.+-]{1,30}:)/.exec(source.slice(from, from + 40))?.[0].length ?? 0;
    }
  }
  return `${text}${prose(source.slice(from), texts)}`.trim();
}

/** Text between backticks: a link without its target, and the last part of a qualified name. */
function interpreted(inner: string, role: string | null): string {
  const target = inner.indexOf('<');
  const said = inner.endsWith('>') && target > 0 ? inner.slice(0, target).trim() : inner;
  const name = role?.split(':').at(-1) ?? '';
  const isCode = role !== null && (OF_CODE.test(role) || OF_CODE.test(name));
  if (name === 'statuscode' || name === 'http-status') return `HTTP ${said}`;
  return isCode ? `\`${said.startsWith('~') ? said.split('.').at(-1) : said}\`` : said;
}

function prose(source: string, texts: ReadonlyMap<string, string>): string {
  return source
    .replaceAll(/\\\s/g, '')
    .replaceAll(/\*\*([^*]+)\*\*/g, '$1')
    .replaceAll(/(?<![\w*\\])\*(?=[^\s*])([^*]+)\*(?!\w)/g, '$1')
    .replaceAll(/\|([A-Za-z][^|\n]{0,60})\|_{0,2}/g, (_, name: string) => texts.get(name) ?? name.replaceAll('-', ' '))
    .replaceAll(/(?<=[A-Za-z0-9])__?(?=$|[\s.,;:)])/g, '')
    .replaceAll(/ ?\[[\d#*][\w-]{0,20}\]_/g, '')
    .replaceAll(/\\(.)/g, '$1');
}

/** Lines of a paragraph as one text. */
export function joinedLines(lines: string[]): string {
  return lines.map((line) => withoutEnds(line, /\s/)).join(' ');
}
