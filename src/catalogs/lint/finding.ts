import type { Knowledge } from '../../diagnosis/match/general.ts';
import type { Catalog, WrittenCatalog } from '../../model/catalog.ts';
import type { Response } from '../../model/exchange.ts';

/** An error makes a catalog wrong; a warning leaves it less helpful than it could be. */
export type Severity = 'error' | 'warning';

/** A problem that a rule found in a catalog. */
export interface RuleFinding {
  /** The ID of the entry; null for the catalog as a whole. */
  entry: string | null;
  /** The keys that lead to the place in the file. */
  path: (string | number)[];
  message: string;
}

/** An earlier version of a catalog, which may be broken otherwise. */
export interface PreviousCatalog {
  /** How it is called in messages: `HEAD`, `old.yaml`. */
  name: string;
  id: string | null;
  entries: { id: string; match: unknown }[];
}

/** A document beside a catalog that its entries link to. */
export interface LinkedDocument {
  /** True if it has the part that the fragment of an address names. */
  has(fragment: string): boolean;
}

/** A catalog, and all that its rules compare it with. */
export interface Linted {
  /** As errprobe uses it, with general texts filled in. */
  catalog: Catalog;
  /** As the file has it. */
  written: WrittenCatalog;
  previous: PreviousCatalog | null;
  /** The built-in knowledge, with this catalog. */
  knowledge: Knowledge;
  /** Parses the body of a response that is XML or a page. */
  read?: ((response: Response) => Response) | undefined;
  /** Milliseconds since 1970. */
  now: number;
  /** The document at a path; null if there is none, and undefined for what is no file beside the catalog. */
  documentAt(address: string): LinkedDocument | null | undefined;
}

/** A rule for catalogs. */
export interface LintRule {
  severity: Severity;
  /** A sentence that is true of a catalog that follows the rule. */
  summary: string;
  find(linted: Linted): RuleFinding[];
}
