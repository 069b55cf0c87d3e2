import { type Check, needs } from '../model/check.ts';

/** A check, and the indexes of those whose captures it uses. */
export interface Planned {
  check: Check;
  after: number[];
}

/** Which checks to run; an empty selection means all. */
export interface Selection {
  tags: string[];
  /** Parts of names, ignoring case. */
  names: string[];
  /** One share of a run split over machines: `1/4` is the first of four. */
  shard: { index: number; of: number } | null;
}

/** Orders the checks of each file so that a capture comes before its use. */
export function planChecks(checks: Check[]): Planned[] {
  const capturedBy = new Map<string, number>();
  checks.forEach((check, i) => {
    for (const name of Object.keys(check.capture)) capturedBy.set(`${check.file}\0${name}`, i);
  });
  return checks.map((check, i) => ({
    check,
    after: [...new Set(needs(check).flatMap((name) => capturedBy.get(`${check.file}\0${name}`) ?? []))].filter(
      (other) => other !== i,
    ),
  }));
}

/** The names of checks that form a cycle, or null. */
export function cycleIn(planned: Planned[]): string[] | null {
  const done = new Set<number>();
  const walk = (i: number, path: number[]): number[] | null => {
    if (path.includes(i)) return path.slice(path.indexOf(i));
    if (done.has(i)) return null;
    for (const other of planned[i]?.after ?? []) {
      const found = walk(other, [...path, i]);
      if (found !== null) return found;
    }
    done.add(i);
    return null;
  };
  for (let i = 0; i < planned.length; i++) {
    const found = walk(i, []);
    if (found !== null) return found.map((j) => planned[j]?.check.name ?? '');
  }
  return null;
}

/** The indexes of the selected checks and of those they depend on. */
export function select(planned: Planned[], { tags, names, shard }: Selection): Set<number> {
  const wanted = planned.flatMap(({ check }, i) => {
    const byTag = tags.length === 0 || tags.some((tag) => check.tags.includes(tag));
    const byName = names.length === 0 || names.some((part) => check.name.toLowerCase().includes(part.toLowerCase()));
    return byTag && byName ? [i] : [];
  });
  // All machines count the same checks in the same order, so that none is left out or run twice.
  const mine = shard === null ? wanted : wanted.filter((_, n) => n % shard.of === shard.index - 1);
  const chosen = new Set<number>();
  const add = (i: number) => {
    if (chosen.has(i)) return;
    chosen.add(i);
    for (const other of planned[i]?.after ?? []) add(other);
  };
  for (const i of mine) add(i);
  return chosen;
}
