import { DEMO_KEY, demoKey, EXPIRED_DEMO_KEY, parseScript } from '../../mock/answer.ts';
import { startMock } from '../../mock/server.ts';
import type { Catalog } from '../../model/catalog.ts';
import { type Effects, whenAborted } from '../../model/effects.ts';
import { UsageError } from '../../model/errors.ts';
import { visibleLine } from '../../render/text.ts';
import type { Sink } from '../../terminal/sink.ts';

/** Serves an API from its catalog until interrupted. */
export async function serveMock(
  catalog: Catalog,
  { port, script }: { port: number; script: string },
  { signal }: Effects,
  out: Sink,
): Promise<void> {
  const watch = (request: string, status: number) => void out.write(`${visibleLine(request)}  ${status}\n`);
  const mock = await startMock(catalog, parseScript(script, catalog), port, watch).catch(
    (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'it is in use' : error.code;
      throw new UsageError(`cannot listen on port ${port}: ${why}`);
    },
  );
  await out.write(describeMock(catalog, mock.url));
  await new Promise<void>((resolve) => whenAborted(signal, resolve));
  await mock.close();
}

function describeMock({ name, auth, mock }: Catalog, url: string): string {
  const keys = [DEMO_KEY, ...(mock?.expiredKey === undefined ? [] : [`${EXPIRED_DEMO_KEY} (expired)`])];
  const rows = [
    `${name}, served at ${url}`,
    ...(auth === undefined
      ? []
      : [
          `  Key    ${auth.base64 ? `-u ${demoKey(auth)}` : `${auth.header}: ${auth.value.replace('{key}', keys.join(' or '))}`}`,
        ]),
    ...(mock?.resources ?? []).map(({ request }) => `  Serves ${request}`),
    '  Ctrl-C ends it.',
  ];
  return `${rows.join('\n')}\n`;
}
