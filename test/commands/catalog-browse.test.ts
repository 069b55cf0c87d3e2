import { describe, expect, it } from 'vitest';
import { run } from '../helpers/terminal.ts';

describe('catalog list', () => {
  it('lists the entries of one catalog, of one category', async () => {
    const { code, stdout } = await run(['catalog', 'list', '--api', 'victims', '--category', 'quota']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^victims\/quota-exhausted +429 +QUOTA_EXHAUSTED +\S/);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('prints JSON', async () => {
    const { stdout } = await run(['catalog', 'list', '--api', 'http', '--format', 'json']);
    expect(JSON.parse(stdout).entries[0]).toMatchObject({ id: 'http/moved', api: null, category: 'redirect' });
  });
});

describe('catalog search', () => {
  it.each([
    [['key_locked'], 'victims/key-locked'],
    [['429', 'cost-unit'], 'victims/quota-exhausted'],
    [['cross-tenant'], 'cryptocomply/not-found'],
  ])('finds by %j the best entry first', async (words, id) => {
    const { stdout } = await run(['catalog', 'search', ...words, '--format', 'json']);
    expect(JSON.parse(stdout).entries.map((entry: { id: string }) => entry.id)).toContain(id);
  });

  it('says that there is none', async () => {
    expect(await run(['catalog', 'search', 'zebra', 'crossing'])).toMatchObject({
      code: 1,
      stdout: 'No entry found.\n',
    });
  });
});
