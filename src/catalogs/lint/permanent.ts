import type { Linted, PreviousCatalog, RuleFinding } from './finding.ts';

/** IDs of an earlier version that are gone. An ID stands in reports, links and ignore lists. */
export function lostIds({ catalog, previous }: Linted): RuleFinding[] {
  if (previous === null) return [];
  const findings: RuleFinding[] = [];
  if (previous.id !== null && previous.id !== catalog.id) {
    const message = `the ID of the catalog was ${previous.id} in ${previous.name}; IDs are permanent, so keep it`;
    findings.push({ entry: null, path: ['id'], message });
  }
  const now = new Set(catalog.entries.map(({ id }) => id));
  const before = new Set(previous.entries.map(({ id }) => id));
  for (const old of previous.entries) {
    if (now.has(old.id)) continue;
    const index = catalog.entries.findIndex(({ id, match }) => !before.has(id) && isAlike(old.match, match));
    const renamed = catalog.entries[index];
    findings.push(
      renamed === undefined
        ? {
            entry: old.id,
            path: ['entries'],
            message: `the entry ${old.id} of ${previous.name} is gone; IDs are permanent, so put it back`,
          }
        : {
            entry: renamed.id,
            path: ['entries', index, 'id'],
            message: `the ID was ${old.id} in ${previous.name}; IDs are permanent, so keep it`,
          },
    );
  }
  return findings;
}

/** Whether two conditions are about the same error: they share a code, or without codes the status and the wording. */
export function isAlike(one: unknown, other: unknown): boolean {
  const [a, b] = [one, other].map(partsOf) as [Record<string, string[]>, Record<string, string[]>];
  const codes = a.code ?? [];
  if (codes.length > 0 || b.code !== undefined) return codes.some((code) => b.code?.includes(code));
  return (
    a.message?.join() === b.message?.join() &&
    (a.status ?? a.failure ?? []).some((value) => (b.status ?? b.failure)?.includes(value))
  );
}

function partsOf(match: unknown): Record<string, string[]> {
  if (typeof match !== 'object' || match === null) return {};
  return Object.fromEntries(
    Object.entries(match).map(([name, value]) => [
      name,
      (Array.isArray(value) ? value : [value]).map((part) => String(part).toLowerCase()),
    ]),
  );
}

/** The IDs of an earlier version of a file, whatever else is wrong with it. */
export function previousOf(name: string, value: unknown): PreviousCatalog {
  const { id, entries } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const listed = Array.isArray(entries) ? (entries as unknown[]) : [];
  return {
    name,
    id: typeof id === 'string' ? id : null,
    entries: listed.flatMap((entry) => {
      const { id: own, match } = (entry ?? {}) as Record<string, unknown>;
      return typeof own === 'string' ? [{ id: own, match }] : [];
    }),
  };
}
