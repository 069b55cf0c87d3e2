import { LONGEST_INDENTED } from '../json/print.ts';
import { JsonText } from '../json/text.ts';
import { isJson } from '../json/valid.ts';
import type { Headers } from '../model/exchange.ts';
import { binaryLine, LOOKED_AT } from '../render/response/binary.ts';
import { type Flow, flowOf } from '../render/response/flow.ts';
import { renderJsonBody } from '../render/response/json.ts';
import { type BodyKind, isBinary, kindOf } from '../render/response/kind.ts';
import { renderMarkup } from '../render/response/markup.ts';
import type { Styles } from '../render/style.ts';
import { visible } from '../render/text.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { type Decoder, decoderOf, textOf } from '../text/charset.ts';
import type { BodyOutput } from './body.ts';
import type { Sink } from './sink.ts';

/** What a body on a terminal needs. */
export interface Screen {
  sink: Sink;
  secrets: Pick<Secrets, 'bytes' | 'redact'>;
  style: Styles;
  /** Called with each output before it is written, so that a line that is redrawn can give way. */
  onOutput(text: string): void;
}

/**
 * A body on a terminal: JSON and markup are laid out and coloured, and neither binary data nor
 * control sequences are printed. Text, events and lines of JSON are shown as they come, and so is
 * the rest of a body that becomes too long to be laid out; all others once they are complete.
 */
export class ShownBody implements BodyOutput {
  readonly #screen: Screen;
  #held: Uint8Array[] = [];
  #size = 0;
  #headers: Headers = {};
  #kind: BodyKind | null = null;
  #flow: Flowing | null = null;
  readonly runsOn = false;
  readonly isClosed = false;
  /** The last two characters that were printed. */
  #tail = '\n\n';

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  get hasOutput(): boolean {
    return this.#tail !== '\n\n';
  }

  begin(head: string, headers: Headers): Promise<void> {
    this.#headers = headers;
    return this.#print(head);
  }

  async write(piece: Uint8Array): Promise<boolean> {
    if (piece.length === 0) return true;
    this.#size += piece.length;
    if (this.#flow !== null) {
      await this.#flow.write(piece);
      return true;
    }
    this.#held.push(piece);
    const kind = this.#kindSoFar(piece);
    if (kind === null) return true;
    const start = Buffer.concat(this.#held);
    this.#flow = new Flowing(this.#screen.secrets, start, this.#type, flowOf(kind, this.#screen.style), (text) =>
      this.#print(text),
    );
    await this.#flow.write(start);
    // Binary data is named by its beginning.
    if (this.#flow.isBinary !== true) this.#held = [];
    return true;
  }

  async end(): Promise<void> {
    const held = Buffer.concat(this.#held);
    const text = this.#flow === null ? textOf(held, this.#type) : '';
    if (this.#flow === null ? isBinary(text, this.#type) : this.#flow.isBinary === true) {
      const line = binaryLine(held.subarray(0, LOOKED_AT), this.#type, this.#size);
      await this.#print(`${visible(line)}\n`);
    } else if (this.#flow !== null) await this.#flow.end();
    else if (text !== '') await this.#print(withBreak(this.#laidOut(text)));
  }

  get #type(): string | undefined {
    return this.#headers['content-type'];
  }

  /** The kind of a body that can be shown from now on as it comes; null while it has to be complete. */
  #kindSoFar(piece: Uint8Array): BodyKind | null {
    if (this.#size > LONGEST_INDENTED) return 'text';
    const start = () => textOf(this.#held[0] ?? piece, this.#type);
    this.#kind ??= kindOf(this.#type, start());
    if (this.#kind === 'markup') return null;
    if (this.#kind !== 'json') return this.#kind;
    // Several documents, such as those of a watch, come with the media type of one.
    const isLine = this.#headers['content-length'] === undefined && piece.at(-1) === 0x0a;
    return isLine && isJson(start().split('\n', 1)[0] ?? '') ? 'json' : null;
  }

  /** Secrets are hidden first: colours within one would keep it from being recognized. */
  #laidOut(text: string): string {
    const { secrets, style } = this.#screen;
    const json = JsonText.parse(text);
    if (json !== undefined) return renderJsonBody(secrets.redact(json), style);
    const safe = secrets.redact(text.replaceAll('\r\n', '\n'));
    return kindOf(this.#type, text) === 'markup' ? renderMarkup(safe, style) : visible(safe);
  }

  async #print(text: string): Promise<void> {
    if (text === '') return;
    this.#tail = (this.#tail + text).slice(-2);
    this.#screen.onOutput(text);
    await this.#screen.sink.write(text);
  }
}

/** A text on its way to a terminal: decoded, without secrets, and rendered as far as it has come. */
class Flowing {
  readonly #contentType: string | undefined;
  readonly #decoder: Decoder;
  readonly #redactor: ReturnType<Secrets['bytes']>;
  /** Joins what the redactor has cut within a character. */
  readonly #joiner = new TextDecoder();
  readonly #flow: Flow;
  readonly #print: (text: string) => Promise<void>;
  #runsOn = false;
  isBinary: boolean | null = null;

  /** @param start the first bytes, which may tell the encoding; they are not taken yet */
  constructor(
    secrets: Screen['secrets'],
    start: Uint8Array,
    contentType: string | undefined,
    flow: Flow,
    print: (text: string) => Promise<void>,
  ) {
    this.#print = print;
    this.#contentType = contentType;
    this.#decoder = decoderOf(start, contentType);
    this.#redactor = secrets.bytes();
    this.#flow = flow;
  }

  async write(piece: Uint8Array): Promise<void> {
    const text = this.#decoder.decode(piece, { stream: true });
    this.isBinary ??= isBinary(text, this.#contentType);
    if (!this.isBinary) await this.#show(this.#flow.push(this.#redacted(Buffer.from(text))));
  }

  async end(): Promise<void> {
    const last = this.#redacted(Buffer.from(this.#decoder.decode())) + this.#joiner.decode(this.#redactor.end());
    await this.#show(this.#flow.push(last) + this.#flow.end());
    if (this.#runsOn) await this.#show('\n');
  }

  #redacted(bytes: Uint8Array): string {
    return this.#joiner.decode(this.#redactor.push(bytes), { stream: true });
  }

  async #show(text: string): Promise<void> {
    if (text === '') return;
    this.#runsOn = !text.endsWith('\n');
    await this.#print(text);
  }
}

const withBreak = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);
