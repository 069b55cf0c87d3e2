import { isNumber, plainNumber } from '../json/number.ts';
import { valueAt } from '../json/pointer.ts';
import { findStatus, SURE } from './pasted/status.ts';

/** Whether a record's level is warning or worse, or unknown. */
export function isAlarming(value: object): boolean {
  const level = first(
    ['/level', '/lvl', '/loglevel', '/levelname', '/log.level', '/severity', '/severityText', '/severity_text'],
    (pointer) => (isScalar(valueAt(value, pointer)) ? plainNumber(valueAt(value, pointer)) : null),
  );
  if (typeof level === 'string') return /^\W*(?:warn|err|fatal|crit|alert|emerg|panic|severe|e\b|w\b|f\b)/i.test(level);
  // syslog's levels are 0 (worst) to 7; those of bunyan and pino are 10 to 60 (worst).
  if (typeof level === 'number') return level < 10 ? level <= 4 : level >= 40;
  const severity = plainNumber(valueAt(value, '/severityNumber') ?? valueAt(value, '/SeverityNumber'));
  return typeof severity !== 'number' || severity >= 13;
}

/** Whether the text of a record's error names the status of an answer: that was an error, whatever the level. */
export function tellsOfAnswer(value: object): boolean {
  if (passesOnError(value)) return true;
  const text = first(['/error', '/err'], (pointer) => {
    const found = valueAt(value, pointer);
    return typeof found === 'string' && found !== '' ? found : null;
  });
  const named = text === null ? null : findStatus(text.slice(0, LONGEST_ERROR));
  return named !== null && named.score > SURE && named.status >= 400;
}

/** Whether a record passes on what another program wrote to its stderr as an error, whatever the level of the record. */
function passesOnError(value: object): boolean {
  if (valueAt(value, '/pipe') !== 'stderr' && valueAt(value, '/stream') !== 'stderr') return false;
  const line = valueAt(value, '/msg') ?? valueAt(value, '/message');
  return typeof line === 'string' && /\b(?:ERROR|CRITICAL|FATAL)\b/.test(line.slice(0, 100));
}

/** So much of the text of an error is searched for a status. */
const LONGEST_ERROR = 2000;

export function first<T>(pointers: string[], read: (pointer: string) => T | null): T | null {
  for (const pointer of pointers) {
    const found = read(pointer);
    if (found !== null) return found;
  }
  return null;
}

export function isScalar(value: unknown): boolean {
  return typeof value === 'string' || isNumber(value);
}
