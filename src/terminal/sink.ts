import type { Output } from '../effects.ts';
import type { JsonText } from '../json/text.ts';
import type { Secrets } from '../secrets.ts';

/** The one way out: every byte for a terminal, a pipe or a file is redacted here. */
export interface Sink {
  /** Writes text, JSON or bytes; resolves when the stream has taken them. A pipe that was closed ends the output quietly. */
  write(data: string | JsonText | Uint8Array): Promise<void>;
}

/** A sink over a standard stream, which is asked for when the first bytes come. */
export function sink(streamOf: () => Output, secrets: Secrets): Sink {
  let closed = false;
  let known: Output | undefined;
  const open = (): Output => {
    const stream = streamOf();
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // The reader has seen enough: `errprobe … | head -1`.
      if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') closed = true;
      else throw error;
    });
    return stream;
  };
  return {
    write(data) {
      const redacted = data instanceof Uint8Array ? secrets.redactBytes(data) : secrets.redact(data);
      if (closed || redacted.length === 0) return Promise.resolve();
      known ??= open();
      const stream = known;
      return new Promise((resolve) => stream.write(redacted, () => resolve()));
    },
  };
}
