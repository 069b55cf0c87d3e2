import { describe, expect, it } from 'vitest';
import { answererOf } from '../../../src/diagnosis/answered/answered-by.ts';

describe('who answered', () => {
  it('is the network when it wants a login', () => {
    expect(answererOf(511, {}, '')).toMatchObject({ name: 'the network', kind: 'captive-portal' });
  });

  it.each<[string, Record<string, string>, string]>([
    ['the API behind nginx', { server: 'nginx' }, '{"error":"x"}'],
    ['the API behind Cloudflare', { server: 'cloudflare', 'cf-ray': '1' }, '{"error":"x"}'],
    ['the API behind CloudFront', { 'x-cache': 'Error from cloudfront', via: '1.1 x (CloudFront)' }, '{"error":"x"}'],
    ['the API behind Caddy', { server: 'Caddy' }, '{"error":"x"}'],
    ['the API behind Envoy', { server: 'envoy', 'x-envoy-upstream-service-time': '3' }, ''],
    ['a function behind API Gateway', { 'x-amz-apigw-id': 'a' }, '{"message":"no","code":7}'],
    ['an API that quotes a page', {}, '{"message":"upstream said: no healthy upstream"}'],
  ])('is not said of %s', (_, headers, body) => {
    expect(answererOf(500, headers, body)).toBeNull();
  });

  it('knows its page from a header alone', () => {
    expect(answererOf(403, { 'cf-ray': '1' }, 'error code: 1020')?.page).toBe(true);
    expect(answererOf(502, { server: 'Caddy' }, '')?.page).toBe(false);
  });
});
