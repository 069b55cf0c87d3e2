/** Begins to measure; the function gives the processor time since then in milliseconds, which the load of the machine does not add to. */
export function cpuTimer(): () => number {
  const begun = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1000;
  };
}

/** What takes less, in milliseconds, tells nothing. */
const NEGLIGIBLE = 5;

/**
 * By how much the processor time of `work` grows if its size is four times as large: about 4 if it is linear, 16 if it is
 * quadratic. Compilation and garbage collection slow single runs, so that the fastest of several counts for each size.
 */
export async function growthOf(work: (size: number) => unknown, size: number): Promise<number> {
  const fastest = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] as [number, number];
  const growth = () => fastest[1] / Math.max(fastest[0], NEGLIGIBLE);
  for (let run = 0; run < 5 && (run === 0 || growth() > 6); run++) {
    for (const index of [0, 1] as const) {
      const ms = cpuTimer();
      await work(size * 4 ** index);
      fastest[index] = Math.min(fastest[index], ms());
    }
  }
  return growth();
}

/** What grows by more is not linear. */
export const LINEAR = 10;
