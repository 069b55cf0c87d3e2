import type { Planned } from '../../checks/plan.ts';

/**
 * Runs the chosen checks by index, each after those it depends on, with a fixed number of workers.
 */
export async function inOrder(
  planned: Planned[],
  chosen: Set<number>,
  jobs: number,
  work: (i: number, planned: Planned) => Promise<void>,
): Promise<void> {
  const done = new Map<number, Promise<void>>();
  const waiting = [...chosen].sort((a, b) => a - b);
  // Checks that others depend on go first, so that no worker waits for one that has not started.
  const ordered = new Set<number>();
  const visit = (i: number) => {
    if (ordered.has(i)) return;
    for (const other of planned[i]?.after ?? []) visit(other);
    ordered.add(i);
  };
  for (const i of waiting) visit(i);
  const order = [...ordered];
  let next = 0;
  const worker = async () => {
    while (next < order.length) {
      const i = order[next++] as number;
      const own = planned[i] as Planned;
      const job = Promise.all(own.after.map((other) => done.get(other))).then(() => work(i, own));
      done.set(i, job);
      await job;
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, worker));
}
