/**
 * The encodings of a secret in which none of its characters can be read individually: base64 (RFC
 * 4648), even as a part of longer data, hexadecimal digits, and other charsets. Escapes are not
 * included; `SecretMatcher` decodes them.
 */
export function formsOf(secret: string): Uint8Array[] {
  const bytes = Buffer.from(secret);
  const utf16 = Buffer.from(secret, 'utf16le');
  const isLatin1 = /[\x80-\xff]/.test(secret) && !/[^\0-\xff]/.test(secret);
  return [
    bytes,
    ...[...otherCases(secret), ...asPath(secret), ...inUrl(secret)].map((text) => Buffer.from(text)),
    // With surrogates encoded separately, as JSON escapes characters beyond the BMP.
    ...(/[\ud800-\udfff]/.test(secret) ? [surrogates(secret)] : []),
    ...(isLatin1 ? [Buffer.from(secret, 'latin1')] : []),
    // An ASCII text is found between the zeros.
    ...(bytes.length === secret.length ? [] : [utf16, Buffer.from(utf16).swap16()]),
    ...Array.from(textForms(secret, bytes, utf16), (text) => Buffer.from(text)),
  ];
}

function textForms(secret: string, bytes: Buffer, utf16: Buffer): Set<string> {
  const hex = bytes.toString('hex');
  const pairs = hex.match(/../g) ?? [];
  const [spaced, coloned, dashed] = [' ', ':', '-'].map((between) => pairs.join(between)) as [string, string, string];
  return new Set([
    ...[hex, hex.toUpperCase(), spaced, coloned, coloned.toUpperCase(), dashed.toUpperCase()],
    ...[bytes, utf16, ...asWritten(secret)].flatMap(base64Forms),
  ]);
}

/** The secret as JSON and URLs have it within what is encoded as a whole, such as a token. */
function asWritten(secret: string): Buffer[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const texts = [json, json.replaceAll('/', '\\/'), encodeURIComponent(Buffer.from(secret).toString())];
  return [...new Set(texts)].filter((text) => text !== secret).map((text) => Buffer.from(text));
}

/** As the path of a field, for a secret that is a member's name with dots or brackets. */
function asPath(secret: string): string[] {
  const names = secret.split(/[.[\]]/).map((name) => name.replace(/^["']/, '').replace(/["']$/, ''));
  const path = names.filter((name) => name !== '').join('/');
  return names.length > 1 && path.length > 7 ? [path] : [];
}

/** URL parsers turn each backslash into a slash; an escaped backslash is two. */
function inUrl(secret: string): string[] {
  return secret.includes('\\') ? [secret.replaceAll('\\', '/'), secret.replaceAll('\\', '//')] : [];
}

/**
 * Hosts and header names lose their case; a shorter text might be an ordinary word in another case.
 */
function otherCases(secret: string): string[] {
  return secret.length < 8 ? [] : [secret.toLowerCase(), secret.toUpperCase()].filter((text) => text !== secret);
}

/** Each UTF-16 code unit encoded in UTF-8 separately. */
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
 * Base64 of the value within a longer text (`Basic` of `user:secret`): it starts at one of three
 * positions within a group of bytes, and only groups that it fills completely are always the same.
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
