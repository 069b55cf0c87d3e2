import { describe, expect, it } from 'vitest';
import { explainer } from '../../src/clients/embed.ts';
import { renderExplained } from '../../src/render/embedded.ts';

describe('what a tool prints of an embedded catalog', () => {
  it('has no control character, whoever wrote the catalog and the response', async () => {
    const evil = 'a\u001b[2J\u202eb\u009bc\u0007\u2028d';
    const entry = {
      ...{
        id: 'a',
        match: { status: [401] },
        category: 'constructor',
        title: evil,
        cause: evil,
        causes: [],
      },
      ...{
        resolution: [evil],
        retry: { advice: 'backoff', reason: evil, after: 5 },
        headers: {},
      },
      ...{ source: { doc: 'constructor', section: evil }, see: [] },
    };
    const explain = explainer({
      id: 'h',
      name: evil,
      docs: {},
      envelope: {},
      retry: { rules: [] },
      support: { contact: null, include: [] },
      entries: [entry],
    } as never);
    const data = { error: { code: evil, message: evil, requestId: evil } };
    for (const status of [401, 404]) {
      const explained = await explain({ response: { status, headers: { 'x-request-id': evil }, data } });
      expect(explained.exitCode).toBe(4);
      const lines = renderExplained(explained).split('\n').join('');
      expect(lines).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
    }
  });
});
