import { describe, expect, it } from 'vitest';
import { JsonText } from '../../src/json/text.ts';
import { Secrets } from '../../src/secrets/secrets.ts';
import { ENCODINGS } from '../helpers/leak/encodings.ts';
import { keysFrom } from '../helpers/leak/keys.ts';
import { Chance } from '../helpers/leak/random.ts';
import { Recovery } from '../helpers/leak/recover.ts';

const SEED = Number(process.env.ERRPROBE_LEAK_SEED ?? 20_261_128);
const chance = new Chance(SEED);

/** Surroundings of a key: nothing, words, things that look like an escape or a part of base64. */
const AROUND = [
  ['', ''],
  ['bad key ', ' was refused'],
  ['"', '"'],
  ['=', '&a=b'],
  ['\\', '\\'],
  ['<p>', '</p>'],
  ['\r\n', '\r\n'],
];

describe.each(Object.entries(keysFrom(chance)))(`with seed ${SEED}, a %s key`, (_, key) => {
  const secrets = new Secrets();
  secrets.add(key);
  const recovery = new Recovery([key]);
  const inPieces = (bytes: Buffer, length: number) => {
    const redactor = secrets.bytes();
    const out: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += length) out.push(redactor.push(bytes.subarray(at, at + length)));
    return Buffer.concat([...out, redactor.end()]).toString();
  };
  const cases = Object.entries(ENCODINGS).flatMap(([encoding, encode]) =>
    AROUND.map(([before, after]) => ({ encoding, text: `${before}${encode(key, chance)}${after}` })),
  );
  /** The remains of keys in outputs made from each text. */
  const leaks = (output: (text: string) => string) =>
    cases.flatMap(({ encoding, text }) => {
      const leak = recovery.from(output(text));
      return leak === null ? [] : [`${encoding}: ${leak.part} in ${leak.around}`];
    });

  it('is found by the test in every encoding', () => {
    const hidden = cases.filter(({ text }) => recovery.from(text) === null).map(({ encoding }) => encoding);
    expect(hidden).toEqual([]);
  });

  it('does not come out of a text, a value or JSON', () => {
    expect(leaks((text) => secrets.redact(text))).toEqual([]);
    expect(leaks((text) => String(secrets.redactAll({ text: [text] }).text))).toEqual([]);
    expect(leaks((text) => secrets.redact(new JsonText(JSON.stringify({ text }))))).toEqual([]);
  });

  it('does not come out of bytes, wherever they are cut', () => {
    // Examining held bytes again takes time if each byte comes alone.
    for (const length of key.length > 100 ? [64] : [1, 7]) {
      expect(leaks((text) => inPieces(Buffer.from(text), length))).toEqual([]);
    }
  });

  it('does not come out where a text is cut', () => {
    const cut = (text: string) => text.slice(0, 1 + chance.below(text.length));
    for (let i = 0; i < 3; i++) expect(leaks((text) => secrets.redact(secrets.hideCut(cut(text))))).toEqual([]);
  });
});
