import { describe, expect, it } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { serve } from '../helpers/server.ts';

/** The most memory for a response or a file, in kilobytes. */
const LIMIT = 200 * 1024;

const SIZE = 10 * 1024 * 1024 - 100;
const repeated = (unit: string) => unit.repeat(Math.floor(SIZE / unit.length));
const BODIES: Record<string, string> = {
  'lists in a list': `[${repeated('[],')}0]`,
  'one long message': `{"error":"bad","message":"${repeated('x y ')}"}`,
  'XML elements': `<e>${repeated('<a/>')}</e>`,
};

/** Writes the process's peak memory in kilobytes to stderr, as the last line. */
const REPORT = `data:text/javascript,process.on('exit',()=>console.error('\\n'+process.resourceUsage().maxRSS))`;
const env = { NODE_OPTIONS: `--import=${encodeURI(REPORT)}` };
const peak = (stderr: string) => Number(stderr.trimEnd().split('\n').at(-1));

describe('the memory that a hostile body takes', () => {
  it.each(Object.entries(BODIES))('is limited in call and explain for %s', async (_, body) => {
    const { url } = await serve((_request, response) => response.writeHead(400).end(body));
    const called = await cli(['call', 'GET', url], { env });
    expect(called.code).toBe(4);
    expect(peak(called.stderr)).toBeLessThan(LIMIT);
    const explained = await cli(['explain', '-'], { env, input: body });
    expect(peak(explained.stderr)).toBeLessThan(LIMIT);
  });
});
