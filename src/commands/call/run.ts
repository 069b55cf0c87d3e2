import { withheldParts } from '../../http/request.ts';
import { retryPlan } from '../../http/retry.ts';
import { credentialsInAnswer, isSensitiveHeader, maskHeaders } from '../../http/sensitive.ts';
import type { JsonDocument } from '../../json/document.ts';
import { UsageError } from '../../model/errors.ts';
import { BLANK_RESULT, exitOf, type Report, reportOf } from '../../model/report.ts';
import type { ApiSettings } from '../../model/settings.ts';
import { renderFixed, type SpokenCall } from '../../render/error/fixed-command.ts';
import { renderCurl, renderDryRun } from '../../render/error/request.ts';
import { renderJson } from '../../render/json.ts';
import { visibleLine } from '../../render/text.ts';
import { fitted } from '../../terminal/fitted.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { version } from '../../version.ts';
import { loadConfig } from '../loaded-config.ts';
import { outputsOn, sayProblem, withProblem } from '../outputs.ts';
import { permit, warnOfPlainKeys } from '../permit.ts';
import { ticketOf } from '../report/run.ts';
import { type CallOptions, call } from './call.ts';
import type { Introduction } from './passage.ts';
import { type CallArguments, prepareCall } from './prepare.ts';
import { CallScreen } from './screen.ts';
import { shownKey } from './shown-key.ts';
import { curlOptions, type OwnTransport } from './transport.ts';

/** Options for the output of `call`, and whether it sends anything. */
export interface CallOutput {
  format: 'pretty' | 'json';
  include?: boolean;
  /** Writes the body of a success to this file. */
  output?: string;
  /** The same, to a file with the name in the URL. */
  remoteName?: boolean;
  dryRun?: boolean;
  curl?: boolean;
  /** Writes the attempts to this file, as HAR. */
  har?: string;
  /** Writes a support ticket to this file: JSON if its name ends in `.json`, else Markdown. */
  report?: string;
  /** False to keep the call out of the history. */
  history: boolean;
}

/**
 * Runs `call`: the body goes to stdout, the diagnosis and waits to stderr; returns the exit code.
 */
export async function runCall(args: CallArguments, output: CallOutput, terminal: Terminal): Promise<number> {
  const { effects, secrets, out } = terminal;
  const config = await loadConfig(effects, secrets, { profile: args.profile });
  const { layers, knowledge, apis } = config;
  const history = output.history && layers.every(({ value }) => value.history !== false);
  const { options, spoken, mock } = await prepareCall(args, config, effects, secrets, terminal.err);
  const files = outputsOn(terminal);
  try {
    if (output.dryRun || output.curl) {
      await out.write(describe(options, args, output, terminal));
      return 0;
    }
    if (mock === null) await warnOfPlainKeys({ layers, apis }, terminal);
    if (mock === null) await permit(options.settings.uses ?? [], args.allowEnv ?? [], layers, terminal);
    const har = await files.open(output.har);
    const ticket = await files.open(output.report);
    const jar = await files.open(args.cookieJar, 'credentials');
    const saved = await files.stream(fileFor(output, options.prepared.request.url));
    const screen = await CallScreen.open(terminal, output.include === true, options.settings.timeoutMs, saved);
    const introduce: Introduction = (head, soFar) => screen.introduce(head, soFar);
    const isBodyShown = output.format !== 'json' && output.har !== '-' && output.report !== '-';
    const passing = isBodyShown ? { body: { output: screen.body, introduce } } : {};
    await warnOfInsecure(options.transport, terminal);
    if (mock === null) await sayUnsigned(options, terminal);
    const called = await call({ ...options, ...passing }, knowledge, effects, screen.progress);
    // Only now: the caller asked for the body and gets it unredacted, even one that hands out a
    // token.
    for (const { exchange } of called.recorded) {
      for (const secret of credentialsInAnswer(exchange.response?.headers ?? {})) secrets.add(secret);
    }
    addFixedCommand(called.report, secrets.redactAll(spoken), options.settings, effects.env);
    const report = secrets.redactAll(called.report);
    if (output.format === 'pretty') {
      await screen.end(report, called.sent);
      if (report.ok && (args.api !== undefined || terminal.verbose)) await sayWithheld(options.prepared, terminal);
    }
    files.problem ??= screen.problem;
    if (history) await keep(report, terminal);
    await files.write(har, async () => {
      const { renderHar } = await import('../../render/error/har.ts');
      return renderHar(called.recorded, version, maskHeaders);
    });
    const { cookies } = options.transport;
    if (cookies !== null) await files.write(jar, () => cookies.written());
    await files.write(ticket, () => (output.report?.endsWith('.json') ? renderJson(report) : ticketOf(report)));
    const final = withProblem(report, files.problem);
    if (output.format === 'json') await out.write(renderJson(final));
    if (files.problem !== null) await sayProblem(files.problem, terminal);
    return final.exit.code;
  } finally {
    await files.close();
    await mock?.close();
  }
}

/**
 * The file that the body of a success goes to, or undefined.
 *
 * @throws UsageError if there can be none
 */
function fileFor({ output, remoteName, format }: CallOutput, url: string): string | undefined {
  const option = output !== undefined ? '--output' : remoteName ? '--remote-name' : null;
  if (option === null) return undefined;
  if (format === 'json') throw new UsageError(`${option} does not go with --format json, which holds the body itself`);
  if (output !== undefined) return output;
  const name = new URL(url).pathname.split('/').at(-1) ?? '';
  if (name === '') throw new UsageError('the URL has no name for a file: choose one with --output');
  return name;
}

/** Says at each use that nothing protects the connection. */
async function warnOfInsecure({ tls: { verify } }: OwnTransport, { effects, err }: Terminal): Promise<void> {
  if (verify) return;
  const warning =
    'WARNING: --insecure accepts any certificate: anybody in between can read and change this call, credentials included.\n';
  await err.write(fitted(warning, effects.stderr));
}

/** Says that errprobe does not sign requests, where the API wants that and no signature was given. */
async function sayUnsigned({ prepared, settings }: CallOptions, { effects, err, quiet }: Terminal): Promise<void> {
  const { signed, name } = settings.catalog ?? {};
  const { url, headers } = prepared.request;
  if (signed === undefined || quiet || headers.authorization !== undefined || /[?&]X-Amz-Signature=/i.test(url)) return;
  await err.write(
    fitted(`errprobe does not sign requests to ${name} (${signed.by}): it only explains the error.\n`, effects.stderr),
  );
}

/** Says what was not sent; of an error, the diagnosis says it. */
async function sayWithheld(prepared: CallOptions['prepared'], { effects, err, quiet }: Terminal): Promise<void> {
  if (quiet) return;
  for (const { what, why } of withheldParts(prepared)) {
    await err.write(fitted(`${what} was not sent: ${visibleLine(why)}.\n`, effects.stderr));
  }
}

/**
 * Adds the corrected command if the confirmed cause says how. Its words are redacted first: once
 * quoted, a secret is no longer recognised.
 */
function addFixedCommand(
  { results: [result] }: Report,
  spoken: SpokenCall,
  { auth, key }: ApiSettings,
  env: Terminal['effects']['env'],
): void {
  const fix = result?.diagnosis?.causes[0]?.fix;
  if (result === undefined || fix === undefined) return;
  const variable = key?.variable ?? auth?.env ?? 'API_KEY';
  const place = key === null ? 'nowhere' : env[variable] === key.value ? 'variable' : 'config';
  result.next = renderFixed(spoken, fix, { header: auth?.header ?? null, variable, place }, isSensitiveHeader);
}

/** Keeps the call for `explain --last` and `report`. A failure to do so must not fail the call. */
async function keep(report: Report, { effects, secrets, err, verbose }: Terminal): Promise<void> {
  const { keepCall } = await import('../history/kept-calls.ts');
  try {
    await keepCall(report, effects, secrets);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    if (verbose) await err.write(`This call is not kept: ${error.message}; --no-history says so from the start.\n`);
  }
}

/** Describes the request that would be sent, in the requested form. */
function describe(
  { prepared, settings, retry }: CallOptions,
  args: CallArguments,
  output: CallOutput,
  { secrets, width }: Terminal,
): string | JsonDocument {
  const { request } = prepared;
  const shown = shownKey(prepared, settings);
  const plan = retryPlan(retry);
  if (output.curl) {
    const extras = { body: prepared.spelling, options: curlOptions(args, request.method) };
    return renderCurl(secrets.redactAll(request), shown, isSensitiveHeader, secrets.redactAll(extras));
  }
  const headers = maskHeaders(request.headers);
  if (output.format === 'pretty')
    return renderDryRun({ ...request, headers }, shown, withheldParts(prepared), plan, width('stdout'));
  return renderJson(reportOf('call', exitOf('ok'), [{ ...BLANK_RESULT, request: { ...request, headers }, plan }]));
}
