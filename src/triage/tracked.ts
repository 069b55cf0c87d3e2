import { isNumber } from '../json/number.ts';

/**
 * A proxy that records which of a value's leaves are read. The result of a computation on it
 * depends on those leaves and the shape, and on nothing else.
 *
 * @param places a value of the same shape, with the number of each leaf instead of the leaf
 * @param seen receives the numbers of the leaves that were read
 */
export function tracked(value: unknown, places: unknown, seen: Set<number>): unknown {
  if (typeof value !== 'object' || value === null || isNumber(value)) {
    note(value, places, seen);
    return value;
  }
  const inner = new Map<string | symbol, unknown>();
  return new Proxy(value, {
    get(target, name) {
      const own = Reflect.get(target, name) as unknown;
      if (!Object.hasOwn(target, name) || (Array.isArray(target) && name === 'length')) return own;
      if (!inner.has(name)) inner.set(name, tracked(own, Reflect.get(places as object, name), seen));
      return inner.get(name);
    },
  });
}

/** Literals are part of the shape and have no number. */
function note(value: unknown, place: unknown, seen: Set<number>): void {
  if ((typeof value === 'string' || isNumber(value)) && typeof place === 'number') seen.add(place);
}
