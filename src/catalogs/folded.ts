/** A name without case and signs between its words: `KEY_LOCKED`, `key locked` and `keyLocked` are the same. */
export const folded = (name: string): string => name.replaceAll(/[\s_-]+/g, '').toLowerCase();
