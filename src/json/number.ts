/**
 * A number that JavaScript would not print as it was written: `12345678901234567890`, `1e400`,
 * `1.10`. All others are plain numbers.
 */
export class JsonNumber {
  /**
   * Private, so that code that walks values does not mistake a number for an object with members.
   */
  readonly #text: string;

  /** @param text as it was written (RFC 8259, section 6) */
  constructor(text: string) {
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }

  /** The nearest floating-point number, for `<` and `Number()`. */
  valueOf(): number {
    return Number(this.text);
  }

  toString(): string {
    return this.text;
  }

  /**
   * `JSON.stringify` can only print the nearest floating-point number; `stringify` prints the
   * original.
   */
  toJSON(): number {
    return this.valueOf();
  }
}

/** Parses a number of a JSON text: a plain one if JavaScript would print it as written. */
export function numberOf(text: string): number | JsonNumber {
  const number = Number(text);
  return String(number) === text ? number : new JsonNumber(text);
}

/** True for a number, plain or not. */
export function isNumber(value: unknown): value is number | JsonNumber {
  return typeof value === 'number' || value instanceof JsonNumber;
}

/** Converts a number to a plain one; any other value is returned unchanged. */
export function plainNumber(value: unknown): unknown {
  return value instanceof JsonNumber ? value.valueOf() : value;
}

/**
 * True for a number without a fraction, in any notation: `1.0` and `1e400` are integers, as in JSON
 * Schema.
 */
export function isInteger(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value);
  return value instanceof JsonNumber && decimalOf(value).exponent >= 0n;
}

/**
 * Compares two numbers by their exact decimal values: `1`, `1.0` and `10e-1` are equal,
 * `12345678901234567890` and `12345678901234567891` are not.
 *
 * @returns a number below, equal to or above 0
 */
export function compareNumbers(a: number | JsonNumber, b: number | JsonNumber): number {
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 0 : a < b ? -1 : 1;
  // YAML has infinity and NaN, which equal no JSON number.
  if (typeof a === 'number' && !Number.isFinite(a)) return a < 0 ? -1 : 1;
  if (typeof b === 'number' && !Number.isFinite(b)) return b < 0 ? 1 : -1;
  const [left, right] = [decimalOf(a), decimalOf(b)];
  if (left.sign !== right.sign) return left.sign - right.sign;
  const order = compareMagnitudes(left, right);
  return order === 0 ? 0 : left.sign * order;
}

/** A text that is the same for all numbers of equal value. */
export function canonicalNumber(number: number | JsonNumber): string {
  const { sign, digits, exponent } = decimalOf(number);
  return `${sign}:${digits}:${exponent}`;
}

/** sign × digits × 10^exponent; digits neither start nor end with 0. */
interface Decimal {
  sign: -1 | 0 | 1;
  digits: string;
  exponent: bigint;
}

function decimalOf(number: number | JsonNumber): Decimal {
  const [, minus, whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(String(number)) ?? [];
  const written = (whole + fraction).replace(/^0+/, '');
  const digits = withoutZerosAtEnd(written);
  if (digits === '') return { sign: 0, digits, exponent: 0n };
  const exponent = BigInt(power.replace('+', '')) - BigInt(fraction.length) + BigInt(written.length - digits.length);
  return { sign: minus === '-' ? -1 : 1, digits, exponent };
}

/** A regular expression would start over at every zero. */
function withoutZerosAtEnd(digits: string): string {
  let end = digits.length;
  while (digits.charCodeAt(end - 1) === 0x30) end--;
  return digits.slice(0, end);
}

function compareMagnitudes(a: Decimal, b: Decimal): number {
  // The positions of the first digits.
  const [high, low] = [a.exponent + BigInt(a.digits.length), b.exponent + BigInt(b.digits.length)];
  if (high !== low) return high < low ? -1 : 1;
  return a.digits === b.digits ? 0 : a.digits < b.digits ? -1 : 1;
}
