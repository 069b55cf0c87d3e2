import ora from 'ora';
import type { CallProgress } from '../commands/call.ts';
import { formatDuration } from '../duration.ts';
import type { Effects } from '../effects.ts';
import { visibleLine } from '../render/text.ts';
import type { Secrets } from '../secrets.ts';
import type { Sink } from './sink.ts';

/** How often the countdown is redrawn, in milliseconds. */
const REDRAW = 100;

/** A countdown during each wait, which leaves the line of its attempt behind. */
export function spinnerProgress(sink: Sink, { stderr, sleep, signal, now }: Effects, secrets: Secrets): CallProgress {
  return {
    async wait(line, ms) {
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
