import { valueAt } from '../../json/pointer.ts';
import { isRecord, type JsonRecord } from '../../json/record.ts';

/**
 * Opens the document that a `$ref` names, by its path relative to that of another one; undefined if there is none,
 * `outside` for one that a document must not name.
 */
export type OpenDocument = (path: string, from: string) => { value: unknown; path: string } | 'outside' | undefined;

/** Resolves `$ref` when a value is asked for, in this document or in files beside it. */
export class Walker {
  readonly unresolved = new Set<string>();
  readonly outside = new Set<string>();

  constructor(
    private readonly root: unknown,
    private readonly path: string,
    private readonly open: OpenDocument,
  ) {}

  /** A value without its reference; null if it leads nowhere or in a circle. */
  resolve(value: unknown, root = this.root, path = this.path, depth = 0): JsonRecord | null {
    if (!isRecord(value)) return null;
    const { $ref } = value;
    if (typeof $ref !== 'string') return value;
    if (depth > 20) return null;
    const [file = '', pointer = ''] = $ref.split('#', 2);
    const other = file === '' ? { value: root, path } : this.open(file, path);
    if (other === 'outside') {
      this.outside.add($ref);
      return null;
    }
    const target = other === undefined ? undefined : valueAt(other.value, decodePointer(pointer));
    if (target === undefined || other === undefined) {
      this.unresolved.add($ref);
      return null;
    }
    return this.resolve(target, other.value, other.path, depth + 1);
  }
}

function decodePointer(pointer: string): string {
  try {
    return decodeURIComponent(pointer);
  } catch {
    return pointer;
  }
}
