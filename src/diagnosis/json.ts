/** What a JSON text may begin with; of a number, that is all of it (RFC 8259, section 2). */
const JSON_START = /^\uFEFF?[ \t\r\n]*(?:[{["]|true|false|null|-?\d[\d.eE+-]*[ \t\r\n]*$)/;

/** The JSON value of a text, or undefined when the text is not JSON. */
export function parseJson(text: string): unknown {
  // An exception costs more than all else that is done with a line of text.
  if (!JSON_START.test(text)) return undefined;
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** Deeper JSON is hostile, and what walks through it would run out of stack. */
const DEEPEST = 500;

/** A body as a report has it: the value of JSON, or the text of anything else. */
export function jsonOrText(body: string): unknown {
  return depthOf(body) > DEEPEST ? body : (parseJson(body) ?? body);
}

/** How deep the brackets of a text are nested; those in strings count, too. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x5d || code === 0x7d) depth--;
  }
  return deepest;
}
