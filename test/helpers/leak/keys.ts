import type { Chance } from './random.ts';

/**
 * Keys in every format that APIs issue, and in formats that break encoders; no two share four
 * characters.
 */
export function keysFrom(chance: Chance): Record<string, string> {
  const x = (length: number) => chance.letters(length);
  const shared = x(12);
  return {
    short: x(8),
    long: x(180),
    base64: `${x(9)}+${x(6)}/${x(6)}==`,
    punctuated: `${x(5)}.${x(5)}-${x(5)}_${x(5)}~${x(4)}`,
    quoted: `${x(4)}"${x(4)}'${x(4)}\`${x(4)}`,
    shell: `${x(4)}$${x(4)}\\${x(4)}!${x(4)}`,
    unicode: `${x(5)}ö${x(5)}ñ${x(5)}`,
    emoji: `${x(6)}😀${x(6)}`,
    spaced: `${x(6)} ${x(6)}`,
    markup: `${x(4)}<${x(4)}>${x(4)}&${x(4)}`,
    json: `{"${x(8)}":"${x(8)}"}`,
    regexp: `^(${x(5)}|${x(5)})*$`,
    url: `${x(5)}?${x(5)}&${x(5)}=${x(5)}#${x(4)}`,
    entities: `${x(4)}&amp;${x(4)}%41${x(4)}\\u0041${x(4)}`,
    stripe: `sk_live_${x(24)}`,
    hexadecimal: Array.from({ length: 40 }, () => chance.pick([...'0123456789abcdef'])).join(''),
    shared,
    longer: `${shared}${x(8)}`,
  };
}
