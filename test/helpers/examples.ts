/** What is there to import: the exports of a module by its name. */
export type Modules = Record<string, unknown>;

const AsyncFunction = (async () => undefined).constructor as new (
  ...args: string[]
) => (...values: unknown[]) => Promise<void>;

/**
 * Runs an example of the documentation with modules in place of its imports.
 *
 * @param globals what else the example finds by name
 * @returns what it logged, and what its comments say that it logs
 */
export async function runExample(text: string, modules: Modules, globals: Record<string, unknown> = {}) {
  const logged: string[] = [];
  const console = { log: (...values: unknown[]) => logged.push(values.join(' ')) };
  const body = text.replaceAll(
    /^import (\{.*\}|\w+) from '([^']*)'(?: with .*)?;/gm,
    (_, what: string, from: string) => {
      if (!(from in modules)) throw new Error(`The example imports ${from}`);
      return `const ${what.startsWith('{') ? what : `{ default: ${what} }`} = modules['${from}'];`;
    },
  );
  const names = { modules, console, ...globals };
  await new AsyncFunction(...Object.keys(names), body)(...Object.values(names));
  return { logged, said: [...text.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, said]) => said) };
}

/** The example in a comment of a source file: what follows its first `@example`. */
export const exampleIn = (source: string): string =>
  (/@example\n([\s\S]*?) \*\//.exec(source)?.[1] ?? '').replaceAll(/^ \* ?/gm, '');
