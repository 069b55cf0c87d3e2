/** "must be one of: a, b", "must be CONFIRMED or DISMISSED", "Input should be 'a', 'b' or 'c'". */
const LISTS = [
  /\b(?:one of(?: the)?(?: (?:following|allowed|permitted|supported|accepted|valid))?(?: (?:values|options))?|any of|either|allowed values(?: are)?|valid (?:values|options|choices)(?: are)?|permitted values(?: are)?)[:\s]+(.{1,400})$/i,
  /\b(?:must|should) be ((?:["'`][^"'`]{1,60}["'`](?:, | or |, or )?){2,})/,
  /\b(?:must|should) be ([A-Z][A-Z0-9_]*(?:, [A-Z][A-Z0-9_]*)*,? or [A-Z][A-Z0-9_]*)\b/,
];

/** The values that a message allows, or null if it lists none. */
export function allowedBy(message: string): string[] | null {
  const list = LISTS.map((pattern) => pattern.exec(message)?.[1]).find((found) => found !== undefined);
  if (list === undefined) return null;
  const words = list
    .replace(/(?<![.\s])[.\s]+$/, '')
    .replace(/^[[({]|[\])}]$/g, '')
    .split(/(?<!\s)\s*(?:,\s*or\s+|,|\||\bor\b|\band\b)\s*/)
    .map((word) => word.trim().replace(/^["'`](.*)["'`]$/, '$1'));
  return words.length > 1 && words.every((word) => /^[^\s]{1,60}$/.test(word)) ? words : null;
}
