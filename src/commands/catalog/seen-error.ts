import type { SeenError } from '../../catalogs/starter.ts';
import { JsonText } from '../../json/text.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import { UsageError } from '../../model/errors.ts';
import type { Headers } from '../../model/exchange.ts';
import { DEEPEST, depthOf } from '../../schema/yaml.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { type ExplainArguments, explainArguments } from '../explain/run.ts';

/** Where the error is, and what is known of it besides. */
export interface SeenArguments {
  /** A file, `-` for standard input, or the text of an error. */
  input: string | undefined;
  status?: number;
  headers: Headers;
}

/**
 * Reads a saved error as `explain` does, without secrets.
 *
 * @throws UsageError if it is none, or the response is not in it
 */
export async function readSeenError(
  { input, status, headers }: SeenArguments,
  terminal: Terminal,
  api?: string,
): Promise<{ seen: SeenError; diagnosis: Diagnosis }> {
  const { effects, err } = terminal;
  if (input === undefined && effects.stdin.isTTY === true)
    await err.write('Paste the error, then press Enter and Ctrl-D (Ctrl-Z and Enter on Windows).\n');
  const args: ExplainArguments = { input: input ?? '-', headers, format: 'json' };
  if (status !== undefined) args.status = status;
  if (api !== undefined) args.api = api;
  const { results } = await explainArguments(args, terminal);
  const [result] = results;
  if (results.length > 1) throw new UsageError(`there are ${results.length} errors in it; give one at a time`);
  if (result?.response == null || result.diagnosis === null)
    throw new UsageError('it is no error of an API: give a body, or a whole response as printed by curl -i');
  const { diagnosis, request, response } = result;
  const { code, subcode, message, category } = diagnosis;
  const body: unknown = response.body instanceof JsonText ? JSON.parse(response.body.text) : response.body;
  if (depthOf(body) > DEEPEST)
    throw new UsageError(`its body is nested more than ${DEEPEST} levels deep, which is too deep for a catalog`);
  const url = request?.url ?? null;
  return {
    diagnosis,
    seen: {
      ...{ status: response.status ?? diagnosis.status, code, subcode, message, category, url },
      body,
    },
  };
}
