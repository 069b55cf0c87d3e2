/**
 * What a secret can look like in bytes when no character of it can be read alone: in base64 (RFC 4648) also as a part of
 * something longer, in hexadecimal digits, and in other charsets. Escapes are no such form; a `SecretMatcher` reads them.
 */
export function formsOf(secret: string): Uint8Array[] {
  const bytes = Buffer.from(secret);
  const utf16 = Buffer.from(secret, 'utf16le');
  const isLatin1 = /[\x80-\xff]/.test(secret) && !/[^\0-\xff]/.test(secret);
  return [
    bytes,
    ...[...otherCases(secret), ...asPath(secret)].map((text) => Buffer.from(text)),
    // Half a surrogate pair each, as JSON escapes what is not in the first plane.
    ...(bytes.length < surrogates(secret).length ? [surrogates(secret)] : []),
    ...(isLatin1 ? [Buffer.from(secret, 'latin1')] : []),
    // What is ASCII is found between the zeros.
    ...(bytes.length === secret.length ? [] : [utf16, Buffer.from(utf16).swap16()]),
    ...Array.from(textForms(bytes), (text) => Buffer.from(text)),
  ];
}

function textForms(bytes: Buffer): Set<string> {
  const hex = bytes.toString('hex');
  const [spaced, coloned] = [' ', ':'].map((between) => hex.match(/../g)?.join(between) ?? '') as [string, string];
  return new Set([hex, hex.toUpperCase(), spaced, coloned, coloned.toUpperCase(), ...base64Forms(bytes)]);
}

/** As the path of a field, where the secret is the name of a member that has dots or brackets in it. */
function asPath(secret: string): string[] {
  const names = secret.split(/[.[\]]/).map((name) => name.replace(/^["']/, '').replace(/["']$/, ''));
  const path = names.filter((name) => name !== '').join('/');
  return names.length > 1 && path.length > 7 ? [path] : [];
}

/** Hosts and names of headers lose the case of letters; a shorter text might be a word in another case. */
function otherCases(secret: string): string[] {
  return secret.length < 8 ? [] : [secret.toLowerCase(), secret.toUpperCase()].filter((text) => text !== secret);
}

/** Each UTF-16 code unit in UTF-8 of its own. */
function surrogates(text: string): Buffer {
  const units = text.split('').flatMap((unit) => {
    const code = unit.charCodeAt(0);
    return code < 0xd800 || code > 0xdfff
      ? [...Buffer.from(unit)]
      : [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
  });
  return Buffer.from(units);
}

/**
 * Base64 of the value wherever it stands in a longer text (`Basic` of `user:secret`): it begins at one of three
 * positions in a group of bytes, and only the groups that the value fills alone are the same each time.
 */
function base64Forms(value: Buffer): string[] {
  const forms: string[] = [];
  for (const offset of [0, 1, 2]) {
    const bytes = Buffer.concat([Buffer.alloc(offset), value]);
    const whole = bytes.subarray(offset === 0 ? 0 : 3, bytes.length - (bytes.length % 3));
    const core = whole.toString('base64');
    if (core.length >= 6) forms.push(core, core.replaceAll('+', '-').replaceAll('/', '_'));
  }
  const padded = value.toString('base64');
  return [padded, padded.replace(/={1,2}$/, ''), value.toString('base64url'), ...forms];
}
