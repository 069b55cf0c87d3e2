import ora from 'ora';
import type { CallProgress } from '../commands/call.ts';
import type { CheckWatcher } from '../commands/check.ts';
import { formatDuration } from '../duration.ts';
import type { Effects } from '../effects.ts';
import { visibleLine } from '../render/text.ts';
import type { Secrets } from '../secrets.ts';
import type { Sink } from './sink.ts';

/** How often the countdown is redrawn, in milliseconds. */
const REDRAW = 100;

/** A countdown during each wait, which leaves the line of its attempt behind. */
export function spinnerProgress(sink: Sink, { stderr, sleep, now }: Effects, secrets: Secrets): CallProgress {
  return {
    async wait(line, ms, signal) {
      const text = secrets.redact(visibleLine(line));
      const end = now() + ms;
      const countdown = () => `${text}, ${formatDuration(Math.max(0, end - now()))} left`;
      const spinner = ora({ text: countdown(), stream: stderr as NodeJS.WriteStream, discardStdin: false }).start();
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
    stop: (line) => sink.write(`${visibleLine(line)}\n`),
  };
}

/** How far a run of checks is, in one line that is gone at the end. */
export function checkSpinner({ stderr, sleep }: Effects, secrets: Secrets): CheckWatcher & { end(): void } {
  const spinner = ora({ text: 'reading', stream: stderr as NodeJS.WriteStream, discardStdin: false }).start();
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
