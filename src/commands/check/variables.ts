import { isHostOpen, type Variables } from '../../checks/expand.ts';
import { CUT_OFF } from '../../checks/judge.ts';
import type { Reading } from '../../diagnosis/reading.ts';
import { keysOf } from '../../json/pointer.ts';
import { JsonText } from '../../json/text.ts';
import { type Check, type CheckResult, needs } from '../../model/check.ts';
import type { Effects } from '../../model/effects.ts';
import { lookup } from '../../text/lookup.ts';
import { shownBody } from '../shown-body.ts';

/**
 * The variables of a run: those of the environment, the files and the command line, and captured
 * ones.
 */
export class RunVariables {
  readonly #given: Record<string, string>;
  readonly #effects: Pick<Effects, 'env' | 'uuid' | 'now'>;
  readonly #captured = new Map<string, Map<string, string>>();

  /** @param given those of the command line, which have the highest precedence */
  constructor(given: Record<string, string>, effects: Pick<Effects, 'env' | 'uuid' | 'now'>) {
    this.#given = given;
    this.#effects = effects;
  }

  /** The variables that a check may use. */
  of(check: Check): Variables {
    const wanted = new Set(needs(check));
    // Most checks use no variables, and there may be thousands of checks.
    if (wanted.size === 0 && check.onlyIf === null) return new Map();
    const { env, uuid, now } = this.#effects;
    const fromEnv = Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined);
    const environment = new Map(fromEnv);
    const own = Object.entries(check.variables).map(([name, text]): [string, string] => [
      name,
      text.replaceAll(/\$\{(\w+)\}/g, (whole, inner: string) => environment.get(inner) ?? whole),
    ]);
    // Variables that the REST clients generate for each request.
    const dynamic: [string, () => string][] = [
      ['guid', uuid],
      ['uuid', uuid],
      ['timestamp', () => String(Math.floor(now() / 1000))],
    ];
    return new Map([
      ...dynamic.filter(([name]) => wanted.has(name)).map(([name, make]): [string, string] => [name, make()]),
      ...fromEnv,
      ...own,
      ...(this.#captured.get(check.file) ?? []),
      ...Object.entries(this.#given),
    ]);
  }

  /** Who chooses the host of a check: a captured value comes from the server. */
  hostChooserOf({ file, request }: Check, variables: Variables): 'user' | 'server' {
    const captured = this.#captured.get(file);
    if (captured === undefined) return 'user';
    const given = this.#given;
    const known = [...variables].filter(([name]) => !captured.has(name) || Object.hasOwn(given, name));
    return isHostOpen(request.target, new Map(known)) ? 'server' : 'user';
  }

  /** Stores the values that a check captures; returns those that are missing. */
  capture(check: Check, reading: Reading | null): CheckResult['unmet'] {
    const { headers = {}, truncated = false } = reading?.response ?? {};
    const body = reading === null ? null : shownBody(reading);
    const captured = this.#captured.get(check.file) ?? new Map<string, string>();
    this.#captured.set(check.file, captured);
    return Object.entries(check.capture).flatMap(([name, place]) => {
      if (truncated && !place.startsWith('header:')) return [CUT_OFF];
      const value = place.startsWith('header:')
        ? lookup(headers, place.slice(7).toLowerCase())
        : body instanceof JsonText
          ? textAt(body, place)
          : undefined;
      if (value === undefined)
        return [{ what: `capture ${name}`, expected: `a value at ${place}`, actual: 'no value' }];
      captured.set(name, value);
      return [];
    });
  }
}

/** A string without its quotes, anything else as written. */
function textAt(body: JsonText, pointer: string): string | undefined {
  const found = body.at(keysOf(pointer));
  if (found === undefined) return undefined;
  const { value } = found;
  return typeof value === 'string' ? value : String(found);
}
