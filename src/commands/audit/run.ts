import { planChecks } from '../../checks/plan.ts';
import { resolveApi } from '../../config/resolve.ts';
import { unknownBaseUrl } from '../../http/request.ts';
import { UsageError } from '../../model/errors.ts';
import type { CheckWatcher } from '../../model/progress.ts';
import { renderAudit } from '../../render/check/audit.ts';
import { renderJson } from '../../render/json.ts';
import { counted, listOf } from '../../render/words.ts';
import { lineProgress } from '../../terminal/progress.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { runChecks, usesOfChecks } from '../check/check.ts';
import type { CheckRun } from '../check/check-run.ts';
import { findApi, findCatalog, harmlessPath } from '../find-api.ts';
import { loadConfig } from '../loaded-config.ts';
import { permit, warnOfPlainKeys } from '../permit.ts';
import { auditReport, checkOf, type Probe, probesOf, type Unsent, unsentWithout } from './audit.ts';

/** The command line of `audit`. */
export interface AuditArguments {
  /** A GET path that succeeds; by default the catalog's, if it has one. */
  path?: string | undefined;
  /** The profile of the config. */
  profile?: string | undefined;
  timeoutMs: number | null;
  format: 'pretty' | 'json';
  /** True to ask the embedded mock. */
  mock: boolean;
  /** Variables that project files may send to any host. */
  allowEnv?: string[] | undefined;
}

/** Runs `audit`; returns the exit code. */
export async function runAudit(api: string, args: AuditArguments, terminal: Terminal): Promise<number> {
  const { effects, secrets, out, err } = terminal;
  const config = await loadConfig(effects, secrets, { profile: args.profile });
  const catalog = findCatalog(api, config, 'audit');
  const path = args.path ?? harmlessPath(catalog);
  if (path === null) throw new UsageError(`no GET path is known for ${catalog.id}; name one that succeeds with --path`);
  const all = probesOf(catalog, path);
  const settings = args.mock ? null : resolveApi(findApi(api, config, 'audit'), config.layers, effects.env);
  if (settings?.baseUrl === null) throw new UsageError(unknownBaseUrl(settings.id));
  const unsent = settings === null ? null : unsentWithout(settings.key, all, catalog);
  const probes = all.filter((probe) => unsent?.probes.includes(probe) !== true);
  const planned = planChecks(probes.map((probe, i) => checkOf(probe, catalog.id, i)));
  const chosen = new Set(planned.keys());
  const options: CheckRun['options'] = {
    jobs: 1,
    failFast: false,
    failOnFlaky: false,
    limitMs: null,
    timeoutMs: args.timeoutMs,
    // Waits for a rate limit as the API documents it.
    retry: true,
    api: catalog.id,
    variables: {},
    withoutKey: null,
    mock: args.mock ? '' : null,
  };
  const checkRun = { options, config, effects, secrets };
  const uses = usesOfChecks(planned, chosen, checkRun);
  if (!args.mock) await warnOfPlainKeys(config, terminal);
  await permit(uses, args.allowEnv ?? [], config.layers, terminal);
  if (!terminal.quiet) {
    await err.write(plan(catalog.name, probes, unsent));
  }
  const lines = lineProgress(err, effects);
  const watch: CheckWatcher = {
    finished: ({ name, request, response }, done, all) => {
      if (terminal.quiet || request === null) return;
      const got = response?.status ?? 'no response';
      void err.write(`${done} of ${all}, ${name}: ${request.method} ${request.url}: ${got}\n`);
    },
    progress: (name) => ({
      wait: (line, ms, signal) => lines.wait(`${name}: ${line}`, ms, signal),
      stop: async () => {},
    }),
  };
  const run = await runChecks(planned, chosen, checkRun, watch);
  const report = secrets.redactAll(auditReport(run, probes, catalog, unsent));
  const look = { width: terminal.width('stdout'), color: terminal.color('stdout'), verbose: false };
  await out.write(args.format === 'json' ? renderJson(report) : renderAudit(report, catalog.name, look));
  return report.exit.code;
}

/** Announces the requests to send, and says which are left out and why. */
function plan(name: string, probes: Probe[], unsent: Unsent | null): string {
  const sending = `Sending ${counted(probes.length, 'GET request')} to ${name}, one at a time.\n`;
  if (unsent === null) return sending;
  const names = unsent.probes.map((probe) => probe.name);
  return `${sending}Not sent: ${listOf(names)}, since ${unsent.why}.\n`;
}
