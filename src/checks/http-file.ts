/** One request of a `.http` file, with its variables written as `${name}`. */
export interface HttpFileRequest {
  name: string;
  line: number;
  method: string;
  target: string;
  headers: Record<string, string>;
  body: string | null;
}

export interface HttpFile {
  /** `@name = value` */
  variables: Record<string, string>;
  requests: HttpFileRequest[];
}

/** A word of a request line; text in braces is one word, including spaces. */
const WORD = /(?:\{\{[^{}\n]*\}\}|\S)+/g;

/**
 * Parses a file of the REST clients of JetBrains and VS Code: requests separated by lines that
 * begin with `###`, `@name = value` for variables and `{{name}}` for their use. Scripts between
 * `{%` and `%}` are not run.
 */
export function parseHttpFile(text: string): HttpFile {
  const variables: Record<string, string> = {};
  const requests: HttpFileRequest[] = [];
  let block: { title: string; lines: string[]; line: number } = { title: '', lines: [], line: 1 };
  const close = () => {
    const request = readBlock(block, variables);
    if (request !== null) requests.push(request);
  };
  text.split(/\r?\n/).forEach((line, i) => {
    if (!line.startsWith('###')) {
      block.lines.push(line);
      return;
    }
    close();
    block = { title: line.replace(/^#+/, '').trim(), lines: [], line: i + 2 };
  });
  close();
  return { variables, requests };
}

function readBlock(
  { title, lines, line }: { title: string; lines: string[]; line: number },
  variables: Record<string, string>,
): HttpFileRequest | null {
  let name = title;
  let i = 0;
  for (; i < lines.length; i++) {
    const text = lines[i] ?? '';
    const [, variable, value] = /^@([\w-]+)\s*=\s*(.*)$/.exec(text) ?? [];
    if (variable !== undefined) variables[variable.replaceAll('-', '_')] = toCheckVariables(value?.trim() ?? '');
    const [, named] = /^(?:#|\/\/)\s*@name\s+(.+)$/.exec(text) ?? [];
    if (named !== undefined) name = named.trim();
    if (variable === undefined && text.trim() !== '' && !/^(?:#|\/\/)/.test(text)) break;
  }
  const first = readRequestLine(lines[i] ?? '');
  if (first === null) return null;
  const { method, target } = first;
  const at = line + i;
  // A URL may continue on lines that start with ? or &.
  let url = target;
  for (i++; i < lines.length && /^\s+[?&/]/.test(lines[i] ?? ''); i++) url += (lines[i] ?? '').trim();
  const headers: Record<string, string> = {};
  for (; i < lines.length && (lines[i] ?? '').trim() !== ''; i++) {
    const [, header, value] = /^([^:\s]+)\s*:\s*(.*)$/.exec(lines[i] ?? '') ?? [];
    if (header !== undefined) headers[header] = toCheckVariables(value ?? '');
  }
  const body = withoutScripts(lines.slice(i).join('\n')).trim();
  return {
    name: name === '' ? `${method} ${target}` : name,
    line: at,
    method,
    target: toCheckVariables(url.replace(/(?<!\s)\s+HTTP\/[\d.]+$/, '')),
    headers,
    body: body === '' ? null : toCheckVariables(body),
  };
}

/**
 * Parses `GET https://x.example/y HTTP/1.1`, or the URL alone for GET. Anything before the first
 * word that looks like a URL is the method, so that a mistyped method does not become part of the
 * URL.
 */
function readRequestLine(line: string): { method: string; target: string } | null {
  const words = line.replace(/(?<!\s)\s+HTTP\/[\d.]+\s*$/, '').match(WORD) ?? [];
  const found = words.findIndex((word) => /[/:?*{]/.test(word));
  const at = found < 0 ? words.length - 1 : found;
  if (at < 0) return null;
  return { method: words.slice(0, at).join(' ') || 'GET', target: words.slice(at).join(' ') };
}

/** A body without response handlers and references to saved responses. */
function withoutScripts(body: string): string {
  return body.replaceAll(/^[<>]\s*\{%[\s\S]*?%\}/gm, '').replaceAll(/^(?:>{1,2}!?|<>)\s*\S+\s*$/gm, '');
}

/** Converts `{{name}}` to `${name}`. */
function toCheckVariables(text: string): string {
  return text.replaceAll(
    /\{\{\s*\$?([\w-]+)(?![\w-])[^{}]*\}\}/g,
    (_, name: string) => `\${${name.replaceAll('-', '_')}}`,
  );
}
