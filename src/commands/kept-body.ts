/** A body as far as it is kept: whole, or the beginning of its text where that is longer than `most` characters. */
export function keptBody(body: unknown, most: number): unknown {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return text === undefined || text.length <= most ? body : `${text.slice(0, most)}…`;
}
