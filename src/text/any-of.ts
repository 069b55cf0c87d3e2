/** Finds any of some texts in another one. */
export interface AnyOf {
  test(text: string): boolean;
}

/** How many searches look for each text by itself: about what it costs to compile the pattern. */
const FEW = 8;

/**
 * Finds any of some texts in one pass, which takes a tenth of the time of looking for each. The pattern is compiled
 * only for many searches: of 700 texts that takes 2 ms, and most programs search once.
 *
 * @param texts makes the texts on the first search
 */
export function anyOf(texts: () => string[]): AnyOf {
  let all: string[] | undefined;
  let pattern: RegExp | undefined;
  let searches = 0;
  return {
    test(text) {
      if (pattern !== undefined) return pattern.test(text);
      all ??= [...new Set(texts())];
      if (searches++ < FEW) return all.some((one) => text.includes(one));
      pattern = new RegExp(all.map((one) => one.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|'));
      return pattern.test(text);
    },
  };
}
