import { describe, expect, it } from 'vitest';
import { withParsedBody } from '../../src/input/parse-body.ts';
import { parseXml } from '../../src/input/xml.ts';
import { savedResponse } from '../../src/model/exchange.ts';
import { serve } from '../helpers/server.ts';
import { run } from '../helpers/terminal.ts';

const S3 =
  '<?xml version="1.0"?>\n<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message><RequestId>R</RequestId></Error>';

describe('a body in XML', () => {
  it('is read by explain and by call', async () => {
    const explained = await run(['explain', '--format', 'json', '--status', '503'], { input: S3 });
    const { url } = await serve((_, response) => response.writeHead(503).end(S3));
    const called = await run(['call', 'GET', url, '--format', 'json']);
    for (const { stdout } of [explained, called]) {
      expect(JSON.parse(stdout).results[0].diagnosis).toMatchObject({
        id: 'aws/s3-slow-down',
        envelope: 'aws-xml',
        code: 'SlowDown',
        requestId: 'R',
        category: 'rate-limit',
      });
    }
  });

  it('is not expanded by entities of its own', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;">]><a>&c;&lt;</a>';
    expect(JSON.stringify(parseXml(bomb) ?? '')).not.toContain('bbbbbbbbbb"');
  });

  it('that is broken is left as it is', () => {
    expect(parseXml('<a><b></a>')).toBeUndefined();
  });

  it.each(['<html><body>x</body></html>', '<!DOCTYPE html><html></html>', '<h1>x</h1>', '{"a":1}', 'a < b', ''])(
    'is not seen in %j',
    async (body) => {
      expect((await withParsedBody(savedResponse(body))).parsed).toBeUndefined();
    },
  );
});
