import type { Claim } from './claims.ts';

/**
 * Claims for single operations: where a document gives one status or code several meanings, each in
 * some of its operations, or explains it in few of them only. What most operations have is the
 * meaning of the status or code itself.
 */
export function byOperation(claims: Claim[]): Claim[] {
  const groups = new Map<string, Claim[]>();
  for (const claim of claims) {
    if (claim.saidOf.length === 0) continue;
    const key = JSON.stringify([claim.statuses, claim.codes, claim.subcodes]);
    groups.set(key, [...(groups.get(key) ?? []), claim]);
  }
  return [...groups.values()].flatMap((alike) => {
    const all = new Set(alike.flatMap(({ saidOf }) => saidOf.map(({ name }) => name))).size;
    const meanings = new Map<string, Claim>();
    for (const claim of alike) {
      const meaning = JSON.stringify([claim.cause, claim.causes, claim.resolution]).toLowerCase();
      const known = meanings.get(meaning);
      if (known === undefined) meanings.set(meaning, ofOperations(claim));
      else known.operations = [...new Set([...known.operations, ...claim.saidOf.map(({ name }) => name)])];
    }
    return [...meanings.values()].filter(
      ({ cause, causes, operations }) => cause.length + causes.length > 0 && operations.length <= all / 2,
    );
  });
}

/** Limits a claim to the operations that it occurs in. */
function ofOperations(claim: Claim): Claim {
  return {
    ...claim,
    ...{ cause: [...claim.cause], causes: [...claim.causes], resolution: [...claim.resolution] },
    // The phrase of the status would be the title of them all.
    title: claim.codes.length === 0 ? null : claim.title,
    operations: [...new Set(claim.saidOf.map(({ name }) => name))],
  };
}
