import { describe, expect, it } from 'vitest';
import { type Challenge, challengeIn, digestAnswer } from '../../src/http/digest.ts';

const PLAIN = { opaque: null, isSession: false, qop: null, stale: false, userhash: false } as const;

describe('a challenge for Digest', () => {
  it.each<[header: string, read: Partial<Challenge> | null]>([
    ['Digest realm="a", nonce="b"', { ...PLAIN, realm: 'a', nonce: 'b', algorithm: 'MD5' }],
    ['digest nonce="b",realm="a, \\"b\\"",qop="auth,auth-int"', { realm: 'a, "b"', qop: 'auth' }],
    ['Basic realm="z", Digest realm="a", nonce="b", qop=auth-int', { realm: 'a', qop: 'auth-int' }],
    ['Negotiate, Digest realm="a", nonce="b", stale=TRUE', { stale: true }],
    [
      'Digest realm="a", nonce="b", algorithm=MD5, Digest realm="a", nonce="b", algorithm=sha-256-sess, userhash=true',
      { algorithm: 'SHA-256', isSession: true, userhash: true },
    ],
    ['Basic realm="a"', null],
    ['Digest realm="a"', null],
    ['Digest realm="a", nonce="b", algorithm=SHA-3', null],
    ['Digest realm="a", nonce="b", qop="other"', null],
    ['', null],
  ])('is read: %s', (header, read) => {
    const found = challengeIn(header);
    if (read === null) expect(found).toBeNull();
    else expect(found).toMatchObject(read);
  });
});

describe('the answer to a challenge', () => {
  const RFC_7616 =
    'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=ALG, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';
  const CNONCE = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ';
  const MUFASA = { user: 'Mufasa', password: 'Circle of Life' };
  const INDEX = { method: 'GET', uri: '/dir/index.html', body: null };
  const answer = (header: string, asked: Parameters<typeof digestAnswer>[1], user = MUFASA, cnonce = CNONCE) =>
    digestAnswer(challengeIn(header) as Challenge, asked, user, cnonce);

  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('is that of RFC 7616, section 3.9.1, for %s', (algorithm, response) => {
    expect(answer(RFC_7616.replace('ALG', algorithm), INDEX)).toBe(
      `Digest username="Mufasa", realm="http-auth@example.org", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", uri="/dir/index.html", response="${response}", algorithm=${algorithm}, opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS", qop=auth, nc=00000001, cnonce="${CNONCE}"`,
    );
  });

  it('hashes a user whose name is to be hidden (RFC 7616, section 3.9.2, with erratum 4897)', () => {
    const header =
      'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8, userhash=true';
    const user = { user: 'Jäsøn Doe', password: 'Secret, or not?' };
    const said = answer(
      header,
      { method: 'GET', uri: '/doe.json', body: null },
      user,
      'NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v',
    );
    expect(said).toContain('username="793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b"');
    expect(said).toContain('response="3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5"');
    expect(said).toContain('userhash=true');
  });

  it('is that of RFC 2069 where the challenge has no qop', () => {
    const header = 'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"';
    const said = answer(header, INDEX, { user: 'Mufasa', password: 'CircleOfLife' });
    expect(said).toContain('response="1949323746fe6a43ef61f9606e7febea"');
    expect(said).not.toMatch(/qop|nc=|cnonce/);
  });

  it('covers a body only if it is at hand', () => {
    const header = 'Digest realm="a", nonce="b", qop="auth-int"';
    const post = (body: string | null) => answer(header, { method: 'POST', uri: '/', body });
    expect(post(null)).toBeNull();
    expect(post('a')).not.toBe(post('b'));
    expect(answer(header, INDEX)).toContain('qop=auth-int');
  });

  it('encodes a name that no quoted string can hold', () => {
    expect(answer('Digest realm="a", nonce="b"', INDEX, { user: 'Ä "x"', password: 'p' })).toContain(
      "username*=UTF-8''%C3%84%20%22x%22",
    );
    expect(answer('Digest realm="a", nonce="b"', INDEX, { user: 'a"b', password: 'p' })).toContain('username="a\\"b"');
  });
});
