import type { Effects } from '../model/effects.ts';
import type { SendWatcher, Stage } from '../model/progress.ts';
import { visibleLine } from '../render/text.ts';
import { formatBytes } from '../text/bytes.ts';
import { formatDuration } from '../text/duration.ts';

/** How long a request waits before it is shown what for, in milliseconds. */
export const SHOWN_AFTER = 300;

/** How long a body has to pause before the line comes back below what was printed of it. */
const BACK_AFTER = 1000;

/** How often the line is redrawn, in milliseconds. */
const REDRAW = 100;

/** Columns taken by the spinner before the text and kept free after it. */
const MARGIN = 3;

const DOING: Record<Exclude<Stage, 'body'>, string> = {
  name: 'looking up',
  connection: 'connecting to',
  tls: 'agreeing on TLS with',
  upload: 'sending the request to',
  response: 'waiting for the first byte from',
};

/** Loads what draws a line; the result starts one with its first text, below the cursor's line if that holds text. */
export type LineStart = () => Promise<(text: string, isBelow: boolean) => Line>;

/** A line on a terminal that is redrawn, and disappears at the end. */
export interface Line {
  draw(text: string): void;
  end(): void;
}

/**
 * Shows what a request waits for, from 300 ms on: `4 s of 30 s, waiting for the first byte from
 * example.com`, `receiving 12 MB of 50 MB, 3.1 MB/s`.
 */
export class Waiting implements SendWatcher {
  readonly #now: Effects['now'];
  readonly #limitMs: number;
  readonly #line: LineStart | null;
  readonly #width: () => number;
  #stage: { name: Stage; host: string } | null = null;
  /** When the attempt began, and when its last stage did or the last part of its body came. */
  #begunAt = 0;
  #lastAt = 0;
  #bodyAt = 0;
  #bytes = 0;
  #all: number | null = null;
  #timer: NodeJS.Timeout | undefined;
  #shown: Line | null = null;
  /** The cursor stands behind printed text. */
  #isBehindText = false;
  /** Counts the times that the line was hidden: one that is still being loaded is then not shown. */
  #hidden = 0;

  /**
   * @param limitMs the time limit, in milliseconds
   * @param line starts the line; null to show none
   */
  constructor({ now, stderr }: Pick<Effects, 'now' | 'stderr'>, limitMs: number, line: LineStart | null) {
    this.#now = now;
    this.#limitMs = limitMs;
    this.#line = line;
    this.#width = () => stderr.columns || 80;
  }

  reached(name: Stage, host: string): void {
    this.#lastAt = this.#now();
    if (this.#stage === null) {
      this.#begunAt = this.#lastAt;
      this.#bytes = 0;
      this.#isBehindText = false;
      this.#arm(SHOWN_AFTER);
    }
    if (name === 'body') this.#bodyAt = this.#lastAt;
    this.#stage = { name, host };
  }

  received(bytes: number, all: number | null): void {
    this.#bytes += bytes;
    this.#all = all;
    this.#lastAt = this.#now();
  }

  /** The attempt is over. */
  ended(): void {
    this.hide();
    this.#stage = null;
  }

  /** Makes room for other output; the line comes back only with the next attempt. */
  hide(): void {
    this.#hidden++;
    clearTimeout(this.#timer);
    this.#shown?.end();
    this.#shown = null;
  }

  /** Makes room for a part of the body; the line comes back when nothing follows for a while. */
  giveWay(text: string): void {
    this.hide();
    this.#isBehindText = !text.endsWith('\n');
    if (this.#stage !== null) this.#arm(BACK_AFTER);
  }

  /** What an interrupted attempt was waiting for, and for how long; null outside of attempts. */
  words(): string | null {
    if (this.#stage === null) return null;
    const { name, host } = this.#stage;
    const after = `after ${formatDuration(this.#now() - this.#begunAt)}`;
    if (name !== 'body') return `${after}, ${DOING[name]} ${visibleLine(host)}`;
    return `${after}, receiving the body: ${this.#came()}, then nothing for ${formatDuration(this.#now() - this.#lastAt)}`;
  }

  #arm(ms: number): void {
    if (this.#line === null) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#show(this.#hidden), ms);
  }

  async #show(hidden: number): Promise<void> {
    const start = await this.#line?.();
    if (start === undefined || this.#stage === null || hidden !== this.#hidden) return;
    const text = () => cut(this.#text(), this.#width() - MARGIN);
    const line = start(text(), this.#isBehindText);
    this.#shown = line;
    const redraw = () => {
      line.draw(text());
      this.#timer = setTimeout(redraw, REDRAW);
    };
    this.#timer = setTimeout(redraw, REDRAW);
  }

  /** The figures come first: what does not fit is cut off. */
  #text(): string {
    const { name, host } = this.#stage ?? { name: 'response', host: '' };
    const limit = formatDuration(this.#limitMs);
    if (name !== 'body') {
      return `${seconds(this.#now() - this.#begunAt)} of ${limit}, ${DOING[name]} ${visibleLine(host)}`;
    }
    const silent = this.#now() - this.#lastAt;
    if (silent >= BACK_AFTER) return `nothing for ${seconds(silent)} of ${limit}, ${this.#came()} came`;
    const rate = this.#bytes / Math.max(1, this.#lastAt - this.#bodyAt);
    const left = this.#all === null || rate === 0 ? '' : `, ${seconds((this.#all - this.#bytes) / rate)} left`;
    return `receiving ${this.#came()}${this.#bytes === 0 ? '' : `, ${formatBytes(rate * 1000)}/s${left}`}`;
  }

  #came(): string {
    return `${formatBytes(this.#bytes)}${this.#all === null ? '' : ` of ${formatBytes(this.#all)}`}`;
  }
}

/** Whole seconds, or tenths of the first one: flickering digits tell nothing. */
function seconds(ms: number): string {
  const step = ms < 1000 ? 100 : 1000;
  return formatDuration(Math.floor(ms / step) * step);
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(1, width - 1))}…`;
}
