import type { Head } from '../../http/body-reader.ts';
import { credentialsInAnswer, maskHeaders } from '../../http/sensitive.ts';
import type { Sent } from '../../http/sent.ts';
import type { UsageError } from '../../model/errors.ts';
import type { CallProgress } from '../../model/progress.ts';
import type { Report } from '../../model/report.ts';
import { renderPretty } from '../../render/error/pretty.ts';
import { type ColorLevel, styles } from '../../render/style.ts';
import { visibleLine } from '../../render/text.ts';
import { Secrets } from '../../secrets/secrets.ts';
import { type BodyOutput, PipedBody } from '../../terminal/body.ts';
import type { StreamedFile } from '../../terminal/file.ts';
import { canRedraw, lineProgress } from '../../terminal/progress.ts';
import { SavedBody } from '../../terminal/saved-body.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { Waiting } from '../../terminal/waiting.ts';
import { withSafeUrls } from './safe-urls.ts';

/** What a call prints: the body on standard output, everything else on standard error. */
export class CallScreen {
  readonly body: BodyOutput;
  readonly #saved: SavedBody | null;
  readonly #terminal: Terminal;
  readonly #waiting: Waiting;
  readonly #include: boolean;
  /** The exchange has been shown, before its body. */
  #isIntroduced = false;

  /**
   * @param include prints the status line and the header fields before the body
   * @param timeoutMs the time limit of the call, in milliseconds
   * @param file gets the body of a success
   */
  static async open(
    terminal: Terminal,
    include: boolean,
    timeoutMs: number,
    file: StreamedFile | null,
  ): Promise<CallScreen> {
    const { effects, secrets, out: sink } = terminal;
    const drawn = canRedraw(effects) && !terminal.quiet;
    const waiting = new Waiting(effects, timeoutMs, drawn ? () => lineOn(terminal) : null);
    terminal.waitingFor = () => waiting.words();
    if (effects.stdout.isTTY !== true) {
      // What reads a pipe may write to the same terminal.
      const body = new PipedBody(sink, effects.stdout.isFile ? undefined : () => waiting.hide());
      return new CallScreen(terminal, include, waiting, body, file);
    }
    const { ShownBody } = await import('../../terminal/shown-body.ts');
    const style = styles(terminal.color('stdout'));
    const body = new ShownBody({ sink, secrets, style, onOutput: (text) => waiting.giveWay(text) });
    return new CallScreen(terminal, include, waiting, body, file);
  }

  private constructor(
    terminal: Terminal,
    include: boolean,
    waiting: Waiting,
    printed: BodyOutput,
    file: StreamedFile | null,
  ) {
    this.#terminal = terminal;
    this.#include = include;
    this.#waiting = waiting;
    this.#saved = file && new SavedBody(file, printed);
    this.body = this.#saved ?? printed;
  }

  /** Shows the waits within and between attempts. */
  get progress(): CallProgress {
    const { effects, err, secrets } = this.#terminal;
    const sending = this.#waiting;
    if (!canRedraw(effects)) return { ...lineProgress(err, effects), sending };
    const spinner = async () => (await import('../../terminal/spinner.ts')).spinnerProgress(err, effects, secrets);
    return {
      wait: async (...attempt) => (await spinner()).wait(...attempt),
      stop: async (line) => (await spinner()).stop(line),
      sending,
    };
  }

  /** Shows the exchange if asked to; returns the head of the response if that belongs to the output. */
  async introduce(head: Head, soFar: Sent): Promise<string> {
    if (this.#terminal.verbose) {
      const text = `${await this.#exchangeText(soFar, head)}${this.#isSeen ? '\n' : ''}`;
      this.#waiting.giveWay(text);
      await this.#terminal.err.write(text);
    }
    this.#isIntroduced = true;
    if (this.#saved !== null) this.#saved.toFile = head.status < 300;
    const toFile = this.#saved?.toFile === true;
    const isHead = this.#isSeen && !toFile && soFar.exchange.request?.method === 'HEAD';
    const level: ColorLevel = this.#isSeen && !toFile ? this.#terminal.color('stdout') : 0;
    if (!this.#include && !isHead) return '';
    const { renderHead } = await import('../../render/response/head.ts');
    return renderHead(
      { ...head, headers: maskHeaders(head.headers) },
      styles(level),
      this.#isSeen && !toFile ? this.#terminal.width('stdout') : undefined,
    );
  }

  /** Why the file for the body could not be written. */
  get problem(): UsageError | null {
    return this.#saved?.problem ?? null;
  }

  /** Prints what follows the body. */
  async end(report: Report, last: Sent | null): Promise<void> {
    const [result] = report.results;
    const { err, effects, verbose, quiet } = this.#terminal;
    this.#waiting.hide();
    const saved = await this.#save(result?.failure === null && report.exit.code < 130);
    const look = {
      width: this.#terminal.width('stderr'),
      color: this.#terminal.color('stderr'),
      links: this.#terminal.links('stderr'),
      verbose,
      facts: (this.#isSeen || saved !== null) && effects.stderr.isTTY === true,
    };
    const isCut = result?.response?.truncated === true && !this.body.isClosed;
    const worthSaying = !report.ok || result?.flaky === true || isCut || verbose || look.facts;
    const parts = [
      ...(verbose && last !== null ? [await this.#details(last)] : []),
      ...(quiet || !worthSaying ? [] : [renderPretty(report, look) + (saved ?? '')]),
    ];
    if (parts.length === 0) return;
    // In a log both streams end up together: what follows must not be on the last line of the body.
    // On a terminal empty lines set the parts off.
    const inLog = !this.#isSeen && effects.stderr.isTTY !== true;
    const apart = look.facts ? this.body.hasOutput : inLog && this.body.runsOn;
    await err.write((apart ? '\n' : '') + parts.join(look.facts ? '\n' : ''));
  }

  /** The exchange, if it has not been shown before its body, and how long each part of it took. */
  async #details(last: Sent): Promise<string> {
    const { renderTimings } = await import('../../render/response/timings.ts');
    const exchange = this.#isIntroduced ? '' : await this.#exchangeText(last, null);
    return exchange + renderTimings(last.timings);
  }

  /** Puts the file in its place; returns a line that says where it is. */
  async #save(isWhole: boolean): Promise<string | null> {
    const name = (await this.#saved?.finish(isWhole)) ?? null;
    const isSaved = isWhole && this.#saved?.problem === null;
    return name && `  ${isSaved ? 'Saved to' : 'The part that came is in'} ${visibleLine(name)}\n`;
  }

  /** True if the body is printed for a person. */
  get #isSeen(): boolean {
    return this.#terminal.effects.stdout.isTTY === true;
  }

  async #exchangeText(sent: Sent, head: Head | null): Promise<string> {
    const { secrets } = this.#terminal;
    const { exchange, httpVersion, redirects, proxy, connection } = withSafeUrls(sent, (text) => secrets.redact(text));
    const { request, failure } = exchange;
    if (request === null) return '';
    const { renderExchange } = await import('../../render/response/exchange.ts');
    const shown = secrets.redactAll({
      request: { ...request, headers: maskHeaders(connection?.headers ?? request.headers) },
      response: head && { status: head.status, headers: maskHeaders(head.headers) },
      failure,
      httpVersion,
      redirects,
      proxy,
      connection: connection && { address: connection.address, tls: connection.tls },
    });
    // The body, which follows, is for the caller as it is, so these are secrets only here.
    const session = new Secrets();
    for (const secret of credentialsInAnswer(head?.headers ?? {})) session.add(secret);
    const width = this.#terminal.effects.stderr.isTTY === true ? this.#terminal.width('stderr') : undefined;
    return renderExchange(session.redactAll(shown), styles(this.#terminal.color('stderr')), width);
  }
}

async function lineOn({ effects, secrets }: Terminal) {
  const { liveText } = await import('../../terminal/spinner.ts');
  return (text: string, isBelow: boolean) => liveText(effects, secrets, text, isBelow);
}
