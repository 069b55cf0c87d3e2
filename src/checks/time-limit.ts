import { type Context, createContext, Script } from 'node:vm';

let script: Script | undefined;
let context: (Context & { work?: () => void }) | undefined;

/**
 * Runs work that is not interrupted by timers and signals, such as matching a regular expression of somebody else, and
 * ends it after a time.
 *
 * @returns null when the time is over
 */
export function withinTime<T>(ms: number, work: () => T): { result: T } | null {
  script ??= new Script('work()');
  context ??= createContext({});
  let done: { result: T } | null = null;
  context.work = () => {
    done = { result: work() };
  };
  try {
    script.runInContext(context, { timeout: ms });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    return null;
  } finally {
    delete context.work;
  }
  return done;
}
