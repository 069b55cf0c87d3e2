import { JsonText } from '../../json/text.ts';
import type { Styles } from '../style.ts';
import { visible } from '../text.ts';
import { renderJsonBody, renderJsonLine } from './json.ts';
import type { BodyKind } from './kind.ts';

/** Renders a text that comes in pieces, as far as it has come. */
export interface Flow {
  /** Takes the next piece; returns what can be shown. */
  push(piece: string): string;
  /** Returns the rest, at the end of the text. */
  end(): string;
}

/** A line that is longer, in characters, is shown before it is complete, and so without colours. */
const LONGEST_LINE = 256 * 1024;

/** The flow for a kind of body. JSON of several documents is indented, unless it is meant to be one per line. */
export function flowOf(kind: BodyKind, style: Styles): Flow {
  if (kind === 'events') return new Lines((line) => eventLine(line, style));
  if (kind === 'json-lines') return new Lines((line) => jsonLine(line, renderJsonLine, style));
  if (kind === 'json') return new Lines((line) => jsonLine(line, renderJsonBody, style));
  return new Text();
}

/** Text as it comes. A carriage return waits for its line feed, which may be in the next piece. */
class Text implements Flow {
  #held = '';

  push(piece: string): string {
    const text = this.#held + piece;
    this.#held = text.endsWith('\r') ? '\r' : '';
    return visible(text.slice(0, text.length - this.#held.length));
  }

  end(): string {
    return visible(this.#held);
  }
}

/** Complete lines, each rendered on its own. */
class Lines implements Flow {
  readonly #render: (line: string) => string;
  #held: string[] = [];
  #length = 0;
  /** The beginning of this line has been shown. */
  #isCut = false;

  constructor(render: (line: string) => string) {
    this.#render = render;
  }

  push(piece: string): string {
    const end = piece.lastIndexOf('\n') + 1;
    let shown = '';
    if (end > 0) {
      const lines = (this.#held.join('') + piece.slice(0, end)).split('\n').slice(0, -1);
      shown = lines.map((line) => `${this.#show(line.replace(/\r$/, ''))}\n`).join('');
      this.#held = [];
      this.#length = 0;
    }
    const rest = piece.slice(end);
    this.#held.push(rest);
    this.#length += rest.length;
    return this.#length > LONGEST_LINE ? shown + this.#cut() : shown;
  }

  end(): string {
    return this.#length === 0 ? '' : this.#show(this.#held.join(''));
  }

  #cut(): string {
    const start = visible(this.#held.join(''));
    this.#held = [];
    this.#length = 0;
    this.#isCut = true;
    return start;
  }

  #show(line: string): string {
    const shown = this.#isCut ? visible(line) : this.#render(line);
    this.#isCut = false;
    return shown;
  }
}

function jsonLine(line: string, render: (json: string, style: Styles) => string, style: Styles): string {
  // RFC 7464: a record separator begins each text.
  const json = JsonText.parse(line.startsWith('\u001e') ? line.slice(1) : line);
  return json === undefined ? visible(line) : render(json.text, style);
}

/** A field of an event, or a comment (WHATWG HTML, section 9.2.5). */
function eventLine(line: string, style: Styles): string {
  const [, name = '', value = ''] = /^([^:]*): ?(.*)$/s.exec(line) ?? [];
  if (name === '') return style.quiet(visible(line));
  const shown = name === 'data' ? jsonLine(value, renderJsonLine, style) : visible(value);
  return `${style.label(visible(name))}: ${shown}`;
}
