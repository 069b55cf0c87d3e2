import type { Catalog, Envelope } from '../../model/catalog.ts';
import type { Page } from './blocks.ts';
import type { Claim } from './claims.ts';
import { entriesOf, type ImportedEntry } from './entries.ts';
import { envelopeOf } from './envelope.ts';
import type { BodyExample } from './example.ts';
import { gather } from './gather.ts';
import { outlineOf } from './outline.ts';
import type { LeftOut } from './page-read.ts';
import type { RetryRuleSaid } from './rules.ts';
import { readOneError, readSections } from './sections.ts';

/** What one document says about errors, whatever its format. */
export interface SourceRead {
  claims: Claim[];
  rules: RetryRuleSaid[];
  bodies: BodyExample[];
  left: LeftOut[];
  /** Facts about the API besides its errors. */
  facts: Partial<Pick<Catalog, 'name' | 'baseUrl' | 'hosts' | 'auth' | 'requiredHeaders'>> & { envelope?: Envelope };
  title: string | null;
  /** What a person should know or look at. */
  notes: string[];
}

/**
 * Reads a page that is given as blocks.
 *
 * @param name the name of its file
 */
export function readPage(page: Page, name = ''): SourceRead {
  const heading = page.blocks.find((block) => block.kind === 'heading');
  const title = page.title ?? (heading?.kind === 'heading' ? heading.text : null);
  const root = outlineOf(title ?? '', page.blocks);
  const read = readOneError(root, page.front) ?? readSections(root, name);
  return { ...read, facts: {}, title, notes: [] };
}

/** A catalog as imported: what documents say, and nothing else. */
export interface ImportedCatalog {
  entries: ImportedEntry[];
  envelope: Envelope;
  facts: SourceRead['facts'];
}

/** Merges what documents say to entries and the shape of an error body. */
export function catalogOf(sources: SourceRead[], http: Catalog): ImportedCatalog {
  const claims = sources.flatMap((source) => source.claims);
  const rules = sources.flatMap((source) => source.rules);
  const drafts = gather(claims, rules);
  const envelope = envelopeOf(
    sources.flatMap(({ bodies }) => bodies),
    drafts,
  );
  const facts = Object.assign({}, ...sources.toReversed().map((source) => source.facts));
  return { entries: entriesOf(drafts, http), envelope: { ...facts.envelope, ...envelope }, facts };
}
