import { statusPhrases } from '../../diagnosis/status.ts';
import type { CodeFound } from './code.ts';

/** Longer sentences are cut, in characters. */
const LONGEST = 1000;
const MOST_LINES = 200;

/** A sentence behind its name. */
const LABELED =
  /\b(?:desc|message|msg|error_?description|detail|errorMessage|reason phrase)["']?\s{0,3}[:=]\s{0,3}["'`]{0,2}([^\n]{3,1000})/i;

/** Words that say that something is wrong, with it. */
const TELLING =
  /\b(?:denied|not (?:found|allowed|authorized|authenticated|valid|permitted|exist|support\w*|in|accessible|a valid|enough|available)|n't|cannot|can not|could not|unable|invalid|incorrect|missing|required|must|exceed\w*|expired|already|exists?|forbidden|unauthori[sz]ed|failed|refused|rejected|no such|unknown|too many|limit\w*|quota|mismatch|unsupported|conflict\w*|duplicate|unexpected|insufficient|blocked|disabled|timed? ?out|unavailable|overloaded|lacks?|permission|please)\b/gi;

/** Frames of a stack, what a shell was told, progress, and what only says where something is. */
const BESIDE =
  /^\s*(?:at |File "|\.\.\. \d+ more|\$ |PS [A-Z]:|% Total|#\d+ |\^|~+|\+ |-{3,}|={3,}|Traceback|During handling|The above exception|goroutine|Stack:?|Suppressed:|with [\w.]+,$|on \S+ line \d|\d+:\s+\w+ ")/;

/** The sentence of a text that says what is wrong: behind its code, behind its name, else of its lines the most telling. */
export function findMessage(text: string, status: number | null, code: CodeFound | null): string {
  const lines = text.split('\n', MOST_LINES).map((line) => line.slice(0, LONGEST).trim());
  return (code === null ? null : behindCode(text, code)) ?? labeled(text) ?? mostTelling(lines, status) ?? '';
}

/** The text after a code and a colon. */
function behindCode(text: string, { end }: CodeFound): string | null {
  const rest = text.slice(end, end + LONGEST).split('\n', 1)[0] ?? '';
  const [, sentence] = /^["')\]]{0,2}(?: when calling the \w+ operation[^:]{0,80})?: +(\S.{7,})$/.exec(rest) ?? [];
  return sentence?.trim() ?? null;
}

function labeled(text: string): string | null {
  const found = LABELED.exec(text.slice(0, 8 * LONGEST))?.[1];
  if (found === undefined) return null;
  const sentence = found
    .replace(/(["'`])(?:[,;)}\]]| [a-z]\w*=).*$/, '')
    .replace(/["'`]$/, '')
    .trim();
  return /\s/.test(sentence) ? sentence : null;
}

function mostTelling(lines: string[], status: number | null): string | null {
  let best: { line: string; score: number } | null = null;
  const isTrace = lines.some((line) => line.startsWith('Traceback (most recent call last)'));
  for (const [i, line] of lines.entries()) {
    if (line === '' || BESIDE.test(line)) continue;
    const own = withoutStatus(line, status);
    if (own.length < 4) continue;
    const said = new Set(own.match(TELLING)?.map((word) => word.toLowerCase())).size;
    const hasStatus = status !== null && line.includes(String(status));
    const score =
      Math.min(said, 3) * 2 +
      (hasStatus ? 1 : 0) +
      (/^(?:\W{0,3}\w{0,12} ?)?(?:error|fatal|exception|denied)\b|(?:Error|Exception)\b/i.test(line) ? 1 : 0) +
      // Python says last what happened; all others say it first.
      (isTrace ? i / 1000 : -i / 1000);
    if (best === null || score > best.score) best = { line: own, score };
  }
  return best?.line ?? null;
}

/** A line without the status and its phrase at its beginning, which say nothing more than the status does. */
function withoutStatus(line: string, status: number | null): string {
  if (status === null) return line;
  const lower = line.toLowerCase();
  const phrase = [...statusPhrases(status), 'client error', 'server error'].find((one) =>
    lower.startsWith(`${status} ${one}`),
  );
  return phrase === undefined
    ? line.replace(new RegExp(`^\\[?${status}\\]?[:\\s-]{0,3}(?=\\S)`), '')
    : line.slice(4 + phrase.length).replace(/^[\s:–-]{1,4}/, '');
}
