import { lookup } from '../../text/lookup.ts';

/**
 * The weight of a place below a member of this name: positive where errors are described, negative where the response
 * repeats the request, shows its own insides or lists other things.
 */
const HOLDERS: Record<string, number> = {
  ...{
    error: 1.2,
    errors: 1.2,
    fault: 1.2,
    exception: 0.8,
    failure: 1.2,
    problem: 1,
    meta: 0.3,
    status: 0.3,
    response: 0.2,
  },
  ...{ result: 0, data: -1, detail: -0.3, details: -0.8, inner: -2, innererror: -2, cause: -0.8, causes: -0.8 },
  ...{ ext: -1.5, transaction: -1, original: -1.5, orig: -1.5, raw: -1.5, upstream: -1.5, provider: -1.5 },
  ...{ root: -1, context: -1.2, parameters: -1.5, request: -4.5, input: -2, stack: -4, stacktrace: -4, trace: -1 },
  ...{ traceback: -4, debug: -1.5, headers: -3, arguments: -2, validation: -0.3, links: -2, warnings: -1.5 },
  ...{ help: -1, config: -3, options: -2, query: -1.5, session: -2, user: -2, suggestions: -2, pagination: -3 },
};

/** Below each of these a leaf counts less: what is said first and near the top is the error itself. */
const PER_LEVEL = -0.35;
const PER_ITEM = -1.2;

/**
 * The weight of a place.
 *
 * @param words of the name of the member that is entered
 * @param index of the item where a list is entered, else 0
 * @param above the weight of the place that holds it
 */
export function placeWithin(words: string[], index: number, above: number): number {
  let weight = above + PER_LEVEL;
  for (const word of words) weight += lookup(HOLDERS, word) ?? 0;
  return weight + PER_ITEM * Math.min(index, 3);
}
