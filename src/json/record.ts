/** An object of JSON, whose members may be anything. */
export type JsonRecord = Record<string, unknown>;

/** Whether a value is an object and no list. */
export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value if it is an object and no list, else an empty object: a document may have anything in any place. */
export const recordOf = (value: unknown): JsonRecord => (isRecord(value) ? value : {});
