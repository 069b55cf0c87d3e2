/** CI tries more cases than somebody who waits for the tests. */
export const isThorough = process.env.ERRPROBE_THOROUGH !== undefined;
