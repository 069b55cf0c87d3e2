import { statusPhrases } from '../../diagnosis/status.ts';
import { roleOf } from './vocabulary.ts';

/** A place where two cells were joined: a small letter or the end of a sentence before a capital. */
const JOINT = /(?<=[a-z\d.)’”`%?!])(?=[A-Z“`][a-z’A-Z\s])/g;

/** The cells of a header whose words were joined: `StatusTitleDescription`; null for any other line. */
export function splitHeader(line: string): string[] | null {
  if (line.length > 120 || line === '' || /[.:;]/.test(line)) return null;
  const cells = line.split(/(?<=[a-z?])(?=[A-Z])/).flatMap((cell) => {
    // "Statuserror value": the second word begins with a small letter.
    const first = /^(?:http status|status code|status|code|error|type|name|field)(?=[a-z]{3})/i.exec(cell)?.[0];
    const rest = first === undefined ? '' : cell.slice(first.length);
    return first !== undefined && roleOf(rest) !== null && !/^s\b/.test(rest) ? [first, rest] : [cell];
  });
  const named = cells.filter((cell) => roleOf(cell) !== null);
  return cells.length >= 2 && named.length >= Math.max(2, cells.length - 1) ? cells : null;
}

/** The cells of a row whose texts were joined, by the roles of its header; null for a line that is no row. */
export function splitRow(line: string, header: string[]): string[] | null {
  const roles = header.map(roleOf);
  let rest = line;
  const cells: string[] = header.map(() => '');
  const statusAt = roles.indexOf('status');
  const codeAt = roles.indexOf('code');
  // A status in the last column ends the row.
  if (statusAt === header.length - 1 && statusAt > 0) {
    const end = /([1-5](?:\d\d|xx))$/.exec(rest);
    if (end === null) return null;
    cells[statusAt] = end[1] ?? '';
    rest = rest.slice(0, end.index);
  }
  for (const at of header.keys()) {
    if (cells[at] !== '') continue;
    if (at === statusAt || (at === codeAt && statusAt < 0 && /^[1-5](?:\d\d|xx)/.test(rest))) {
      const found = /^`?([1-5](?:\d\d|xx)(?:\s*[,/]\s*[1-5](?:\d\d|xx))*)`?/i.exec(rest);
      if (found === null) return null;
      cells[at] = found[1] ?? '';
      rest = rest.slice(found[0].length);
    } else if (at === codeAt && statusAt === at + 1) {
      // What stands before the status is the code.
      const code = /^(\D\S*?|.{2,40}?)(?=(?:[1-5]\d\d|[1-5]xx)(?:\D|$))/.exec(rest)?.[1];
      if (code === undefined) return null;
      cells[at] = code;
      rest = rest.slice(code.length);
    } else if (at === codeAt) {
      const code =
        /^(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?![a-z])|[A-Z][A-Z0-9_]*_[A-Z0-9]*(?=[A-Z][a-z])|[a-z]+(?:_[a-z]+)+(?=[A-Z\d]))/.exec(
          rest,
        )?.[0] ?? phraseAt(rest, cells[statusAt] ?? '');
      if (code === null) return null;
      cells[at] = code;
      rest = rest.slice(code.length);
    } else {
      const phrase = roles[at] === 'title' || at === statusAt + 1 ? phraseAt(rest, cells[statusAt] ?? '') : null;
      const isLast = header.every((_, i) => i <= at || cells[i] !== '');
      const joints = [...rest.matchAll(JOINT)].map(({ index }) => index);
      const end =
        phrase !== null && header.length > at + 1 ? phrase.length : isLast ? rest.length : (joints[0] ?? rest.length);
      cells[at] = rest.slice(0, end);
      rest = rest.slice(end);
    }
  }
  const isRow = (statusAt >= 0 && cells[statusAt] !== '') || (codeAt >= 0 && cells[codeAt] !== '');
  return isRow && line !== '' ? cells : null;
}

/** The phrase of a status at the beginning of a text. */
function phraseAt(text: string, status: string): string | null {
  const phrases = statusPhrases(Number(status.slice(0, 3)) || null);
  return (
    phrases
      .map((phrase) => text.slice(0, phrase.length))
      .find((start) => start !== '' && phrases.includes(start.toLowerCase())) ?? null
  );
}
