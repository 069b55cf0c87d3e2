/**
 * The end of a JSON value that begins with a bracket, told by its brackets alone, so that a value with
 * mistakes in it has an end, too. A string ends at its line at the latest.
 *
 * @param start the place of the bracket
 * @returns the place after its closing bracket; -1 if there is none
 */
export function endOfValue(text: string, start: number): number {
  let depth = 0;
  let isText = false;
  for (let at = start; at < text.length; at++) {
    const sign = text[at];
    if (isText) {
      if (sign === '\\') at++;
      else if (sign === '"' || sign === '\n') isText = false;
    } else if (sign === '"') isText = true;
    else if (sign === '{' || sign === '[') depth++;
    else if (sign === '}' || sign === ']') {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}
