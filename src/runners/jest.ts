/**
 * Explains failed tests in Jest.
 *
 * @module errprobe/jest
 */
import { Witness } from './witness.ts';

/** The parts of a Jest environment that are used. */
interface Environment {
  global: object;
  setup(): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: a class to be extended takes any arguments.
type EnvironmentClass = new (...args: any[]) => Environment;

/**
 * An environment of Jest that prints under a failed test why its request failed and what to do.
 *
 * @param Base the environment to extend
 * @example
 * // environment.cjs, named by "testEnvironment" in the config
 * const { TestEnvironment } = require('jest-environment-node');
 * module.exports = require('errprobe/jest').explainFailures(TestEnvironment);
 */
export function explainFailures<Base extends EnvironmentClass>(Base: Base): Base {
  return class extends Base {
    #witness: Witness | undefined;

    override async setup() {
      await super.setup();
      this.#witness = new Witness(this.global);
    }

    async handleTestEvent(event: { name: string; error?: unknown }) {
      if (event.name === 'test_start') this.#witness?.forget();
      if (event.name === 'test_fn_failure' || event.name === 'hook_failure')
        await this.#witness?.explain([event.error]);
    }
  };
}
