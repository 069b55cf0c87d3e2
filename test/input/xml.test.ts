import { describe, expect, it } from 'vitest';
import { withParsedBody } from '../../src/input/parse-body.ts';
import { parseXml, roughXml } from '../../src/input/xml.ts';
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

  it('that is cut or has gaps gives the elements of an error', () => {
    expect(roughXml('<e:Fault><Header>x…y</T><faultcode a="b">q0:Security</faultcode><faultstring>Login')).toEqual({
      part: { faultcode: 'q0:Security' },
    });
    expect(roughXml('<Error><Message><![CDATA[Too big]]></Message><Code>E1</Code>')).toEqual({
      part: { Message: 'Too big', Code: 'E1' },
    });
  });

  it.each([
    '<list><item><name>error</name></item><item>',
    '<rss><channel><title>Errors</title>',
    '<order><gift>error</gift><price>3</price><open>',
    '<a><error/><b>x</b>',
    '<p>An error</p><br>',
  ])('that is cut is left as it is without such elements: %s', (text) => {
    expect(roughXml(text)).toBeUndefined();
  });

  it.each(['<html><body>x</body></html>', '<!DOCTYPE html><html></html>', '<h1>x</h1>', '{"a":1}', 'a < b', ''])(
    'is not seen in %j',
    async (body) => {
      expect((await withParsedBody(savedResponse(body))).parsed).toBeUndefined();
    },
  );
});
