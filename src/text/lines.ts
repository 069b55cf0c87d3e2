/** Longer texts are no errors in this form, in characters. */
const LONGEST = 8192;
const MOST_LINES = 60;

/** A member on a line of its own: `ErrorString: Field is missing`, `result=0`. */
const LINE = /^([A-Za-z][\w.-]{0,60})(?:: |=)(.{0,1000})$/;

/**
 * Parses a text of one member a line, in which gateways for payments and for short messages answer. Undefined for a text
 * that has other lines, or only one.
 */
export function parseLines(text: string): Record<string, string> | undefined {
  const whole = text.trim();
  if (whole.length > LONGEST || !whole.includes('\n')) return undefined;
  const members: Record<string, string> = {};
  for (const line of whole.split('\n', MOST_LINES)) {
    const [, name, value = ''] = LINE.exec(line.trim()) ?? [];
    if (name === undefined || Object.hasOwn(members, name)) return undefined;
    members[name] = value.trim();
  }
  return members;
}
