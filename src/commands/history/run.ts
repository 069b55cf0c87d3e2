import { type KeptResult, renderHistory } from '../../render/history.ts';
import { renderJson } from '../../render/json.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { configuredSecretsOf } from '../loaded-config.ts';
import { keptCalls } from './kept-calls.ts';

/** Runs `history`; returns the exit code. */
export async function runHistory(format: 'pretty' | 'json', terminal: Terminal): Promise<number> {
  const { effects, secrets, out } = terminal;
  await configuredSecretsOf(effects, secrets);
  const calls: KeptResult[] = [];
  let failed = 0;
  for await (const { report, at } of keptCalls(effects)) {
    const [result] = report.results;
    if (result === undefined) continue;
    const { diagnosis, request, response, failure } = result;
    calls.push({
      last: report.ok ? null : ++failed,
      at,
      ok: report.ok,
      method: request?.method ?? '',
      url: request?.url ?? '',
      status: response?.status ?? null,
      failure: failure?.code ?? null,
      id: diagnosis?.id ?? null,
    });
  }
  const list = secrets.redactAll({ schema: 'errprobe/history@1' as const, calls });
  const look = { width: terminal.width('stdout'), color: terminal.color('stdout') };
  await out.write(format === 'json' ? renderJson(list) : renderHistory(list, look));
  return 0;
}
