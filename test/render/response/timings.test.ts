import { describe, expect, it } from 'vitest';
import type { Timings } from '../../../src/model/report.ts';
import { renderTimings } from '../../../src/render/response/timings.ts';

const lines = (timings: Timings) => renderTimings(timings).split('\n').slice(0, -1);

describe('the waterfall of an attempt', () => {
  it('has a bar for each part, one after the other', () => {
    expect(lines({ dns: 10, connect: 10, tls: 20, firstByte: 30, download: 10, total: 85 })).toEqual([
      `* DNS           10 ms  ${'█'.repeat(5)}`,
      `* connect       10 ms  ${' '.repeat(5)}${'█'.repeat(5)}`,
      `* TLS           20 ms  ${' '.repeat(10)}${'█'.repeat(10)}`,
      `* first byte    30 ms  ${' '.repeat(20)}${'█'.repeat(15)}`,
      `* download      10 ms  ${' '.repeat(35)}${'█'.repeat(5)}`,
      '* total         85 ms',
    ]);
  });

  it('leaves out what did not take place, and shows what took no time', () => {
    expect(lines({ dns: null, connect: 0, tls: null, firstByte: 0, download: null, total: null })).toEqual([
      '* connect        0 ms  █',
      '* first byte     0 ms  █',
    ]);
  });
});
