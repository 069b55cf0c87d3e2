/** Files that were compiled earlier, by their source: whatever the result depends on. */
export interface Compiled<T> {
  /** Null if it is not kept, or cannot be trusted. */
  read(source: string): T | null;
  keep(source: string, value: T): void;
}
