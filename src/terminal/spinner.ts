import ora, { type Ora } from 'ora';
import type { Effects, Output } from '../model/effects.ts';
import type { CallProgress, CheckWatcher } from '../model/progress.ts';
import { visibleLine } from '../render/text.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { formatBytes } from '../text/bytes.ts';
import { formatDuration } from '../text/duration.ts';
import { attemptText } from './progress.ts';
import type { Sink } from './sink.ts';
import type { Line } from './waiting.ts';

/** Disables ora's colours, which ignore the environment and the options. */
const PLAIN = { color: false, discardStdin: false } as const;

/**
 * The width assumed for a terminal that does not know its own, such as that of `docker run -t` in a
 * job.
 */
const COLUMNS = 80;

/** Keeps the width above 0: ora divides by it, and would clear lines forever. */
function keepWidth(this: Output): void {
  if (this.columns === 0) this.columns = COLUMNS;
}

function started(text: string, stderr: Output): Ora {
  if (!stderr.listeners('resize').includes(keepWidth)) stderr.on('resize', keepWidth);
  keepWidth.call(stderr);
  return ora({ text, stream: stderr as NodeJS.WriteStream, ...PLAIN }).start();
}

/** How often the countdown is redrawn, in milliseconds. */
const REDRAW = 100;

/** A countdown during each wait, which leaves the line of its attempt behind. */
export function spinnerProgress(sink: Sink, { stderr, sleep, now }: Effects, secrets: Secrets): CallProgress {
  return {
    async wait(line, ms, signal) {
      const text = secrets.redact(attemptText(line, stderr));
      const end = now() + ms;
      const countdown = () =>
        secrets.redact(attemptText(`${line}, ${formatDuration(Math.max(0, end - now()))} left`, stderr));
      const spinner = started(countdown(), stderr);
      const timer = setInterval(() => {
        spinner.text = countdown();
      }, REDRAW);
      try {
        await sleep(ms, signal);
      } finally {
        clearInterval(timer);
        spinner.stopAndPersist({ symbol: '↻', text });
      }
    },
    stop: (line) => sink.write(`${attemptText(line, stderr)}\n`),
  };
}

/** The progress of a run of checks, in one line that disappears at the end. */
export function checkSpinner({ stderr, sleep }: Effects, secrets: Secrets): CheckWatcher & { end(): void } {
  const spinner = started('reading', stderr);
  let bad = 0;
  return {
    finished({ check }, done, of) {
      if (check?.outcome !== 'passed' && check?.outcome !== 'skipped') bad++;
      spinner.text = `${done} of ${of} checks${bad > 0 ? `, ${bad} not passed` : ''}`;
    },
    progress: (name) => ({
      async wait(line, ms, signal) {
        spinner.text = secrets.redact(visibleLine(`${name}: ${line}`));
        await sleep(ms, signal);
      },
      stop: async () => {},
    }),
    end: () => void spinner.stop(),
  };
}

const BAR_WIDTH = 20;

/**
 * The progress of reading files: a bar with rate and time left, or the bytes read if the size is
 * unknown.
 */
export function readingSpinner(total: number, { stderr, now }: Effects): { read(bytes: number): void; end(): void } {
  const spinner = started('reading', stderr);
  const begun = now();
  let done = 0;
  return {
    read(bytes) {
      done += bytes;
      const rate = done / Math.max(1, now() - begun);
      const speed = `${formatBytes(done)}, ${formatBytes(rate * 1000)}/s`;
      const full = Math.min(BAR_WIDTH, Math.round((done / total) * BAR_WIDTH));
      spinner.text =
        total === 0
          ? speed
          : `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)} ${Math.floor((done / total) * 100)} %  ${speed}, ${formatDuration(Math.max(0, total - done) / rate)} left`;
    },
    end: () => void spinner.stop(),
  };
}

/**
 * Makes a line below without leaving the column (IND), saves the place on the line above it
 * (DECSC), and goes to the new one.
 */
const TO_LINE_BELOW = '\u001bD\u001b[A\u001b7\u001b[B\r';

/** Goes back to the saved place (DECRC). */
const BACK = '\u001b8';

/**
 * A text that is redrawn in place and disappears at the end.
 *
 * @param isBelow draws it below the line of the cursor, which holds text that goes on later
 */
export function liveText(
  { stderr }: Pick<Effects, 'stderr'>,
  secrets: Pick<Secrets, 'redact'>,
  first = 'waiting',
  isBelow = false,
): Line {
  if (isBelow) stderr.write(TO_LINE_BELOW);
  const spinner = started(secrets.redact(first), stderr);
  return {
    draw(text) {
      spinner.text = secrets.redact(text);
    },
    end() {
      spinner.stop();
      if (isBelow) stderr.write(BACK);
    },
  };
}
