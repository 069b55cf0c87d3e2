/**
 * Prints what `errprobe/embed` explains.
 *
 * @module errprobe/embed-terminal
 */
import type { Explained } from '../clients/embed.ts';
import { formatDuration } from '../text/duration.ts';
import { visibleLine } from './text.ts';

export type { Explained } from '../clients/embed.ts';

/**
 * The explanation in the few lines that a command-line tool prints on standard error. What the API said is printed, too, with
 * control characters made visible.
 *
 * @param color whether standard error is a terminal that shows colours
 * @example
 * import { explainer } from 'errprobe/embed';
 * import { renderExplained } from 'errprobe/embed-terminal';
 * import errors from './errors.json' with { type: 'json' };
 *
 * const explained = await explainer(errors)(await fetch('https://api.example.com/orders/17'));
 * const [first] = renderExplained(explained, { color: false }).split('\n');
 * console.log(first); // Error: There is no such order (404)
 */
export function renderExplained(explained: Explained, { color = false } = {}): string {
  const { title, cause, message, steps, retry, requestId, status } = explained;
  const paint = (codes: string, text: string) => (color ? `\u001b[${codes}m${text}\u001b[0m` : text);
  const said = message === null || cause.includes(message) ? [] : [`The API said: ${visibleLine(message)}`];
  const isWorth = retry.advice === 'backoff' || retry.advice === 'wait';
  const when = retry.afterMs === null ? '' : ` in ${formatDuration(retry.afterMs)}`;
  return [
    `${paint('1;31', 'Error:')} ${paint('1', visibleLine(title))}${status === null ? '' : ` (${status})`}`,
    visibleLine(cause),
    ...said,
    ...steps.map((step) => `${paint('36', '→')} ${visibleLine(step)}`),
    ...(isWorth ? [`${paint('36', '→')} Try again${when}: ${visibleLine(retry.reason)}.`] : []),
    ...(requestId === null ? [] : [`Request ID: ${visibleLine(requestId)}`]),
    '',
  ].join('\n');
}
