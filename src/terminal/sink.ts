import type { JsonDocument } from '../json/document.ts';
import type { JsonText } from '../json/text.ts';
import type { Output } from '../model/effects.ts';
import { runnerSafe, terminalSafe } from '../render/text.ts';
import type { Secrets } from '../secrets/secrets.ts';

/** The only way out: every byte for a terminal, a pipe or a file is redacted here. */
export interface Sink {
  /**
   * Writes a whole text, in which only errprobe's own colours control a terminal and nothing
   * commands a CI runner. Resolves when the stream has taken it. A closed pipe is no error.
   */
  write(text: string | JsonText | JsonDocument): Promise<void>;
  /** Starts a stream of bytes; a secret that straddles two pieces is hidden as well. */
  bytes(): ByteSink;
  /**
   * Why the stream failed, as a code such as ENOSPC; null while it works, and when its reader has
   * gone.
   */
  readonly problem: string | null;
  /** True once nothing more can be written. */
  readonly isClosed: boolean;
}

/** Receives bytes as they come. */
export interface ByteSink {
  /**
   * Resolves when the stream has taken all bytes that may be written yet: false when its reader has
   * gone.
   */
  write(piece: Uint8Array): Promise<boolean>;
  /** Writes what was held back. */
  end(): Promise<void>;
}

/**
 * A sink over a standard stream, which is created with the first byte.
 *
 * @param onRunner true if a GitHub Actions runner reads the output
 */
export function sink(streamOf: () => Output, secrets: Secrets, onRunner: boolean): Sink {
  let closed = false;
  let problem: string | null = null;
  let known: Output | undefined;
  const safe = (text: string) => (onRunner ? runnerSafe(terminalSafe(text)) : terminalSafe(text));
  const open = (): Output => {
    const stream = streamOf();
    stream.on('error', (error: NodeJS.ErrnoException) => {
      closed = true;
      // The reader has seen enough: `errprobe … | head -1`.
      if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') problem ??= error.code ?? error.message;
    });
    return stream;
  };
  const take = async (redacted: string | Uint8Array): Promise<boolean> => {
    if (closed || redacted.length === 0) return !closed;
    known ??= open();
    const stream = known;
    return new Promise((resolve) => stream.write(redacted, (error) => resolve(error == null)));
  };
  return {
    get problem() {
      return problem;
    },
    get isClosed() {
      return closed;
    },
    async write(text) {
      for (const piece of secrets.pieces(text)) if (!(await take(safe(piece)))) return;
    },
    bytes() {
      const redactor = secrets.bytes();
      return {
        write: (piece) => take(redactor.push(piece)),
        async end() {
          await take(redactor.end());
        },
      };
    },
  };
}
