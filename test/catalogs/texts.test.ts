import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { exampleOf, exampleStatus } from '../../src/catalogs/lint.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { explainEntry } from '../../src/diagnosis/explain-entry.ts';
import { wordsOf } from '../../src/model/catalog-text.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import { savedResponse } from '../../src/model/exchange.ts';
import { BLANK_RESULT, exitOf, reportOf } from '../../src/model/report.ts';
import { renderMarkdown } from '../../src/render/check/markdown.ts';
import { renderPretty } from '../../src/render/error/pretty.ts';
import { renderTicket } from '../../src/render/error/ticket.ts';
import { isFilled } from '../../src/text/template.ts';

const catalogs = [...builtIn.apis, builtIn.http, builtIn.network, builtIn.gateways, ...builtIn.codes];
const entries = catalogs.flatMap((catalog) => catalog.entries.map((entry) => ({ catalog, entry })));

/** An entry's diagnosis for a message that matches none of its templates. */
function misfit({ catalog, entry }: (typeof entries)[number]): Diagnosis {
  const { envelope } = catalog;
  const message = 'sort must be one of asc, desc';
  const body = structuredClone(exampleOf(entry) ?? {}) as Record<string, unknown>;
  const path = envelope.message?.split('/').slice(1) ?? ['message'];
  const holder = path.length === 2 ? (body[path[0] ?? ''] as Record<string, unknown>) : body;
  if (holder !== undefined) holder[path.at(-1) ?? ''] = message;
  const response = savedResponse(JSON.stringify(body), exampleStatus(entry));
  return diagnose({ request: null, response, failure: null }, builtIn, { api: catalog.id, now: 0 });
}

const rendered = (diagnosis: Diagnosis) => {
  const report = reportOf('explain', exitOf('ok'), [{ ...BLANK_RESULT, diagnosis }]);
  const pretty = renderPretty(report, { width: 80, color: 0, verbose: false });
  return [pretty, renderMarkdown(report), renderTicket(report, 'errprobe', () => false)].join('\n');
};

/** The text output, one sentence per line. */
const wide = (diagnosis: Diagnosis) =>
  renderPretty(reportOf('explain', exitOf('ok'), [{ ...BLANK_RESULT, diagnosis }]), {
    width: 10_000,
    color: 0,
    verbose: false,
  });

describe('the texts of the catalogs', () => {
  it('show no placeholder for a message that does not fit, in any output', () => {
    const shown = entries.flatMap((each) => [rendered(explainEntry(each.catalog, each.entry)), rendered(misfit(each))]);
    const lines = shown.flatMap((text) => text.split('\n')).filter((line) => !isFilled(line));
    expect(lines).toEqual([]);
  });

  it('show the values of a message that fits', () => {
    const body = {
      error: { code: 'VALIDATION_ERROR', message: 'domains: list has 120 items, max 100', request_id: 'r' },
    };
    const response = savedResponse(JSON.stringify(body), 400);
    const found = diagnose({ request: null, response, failure: null }, builtIn, { api: 'victims', now: 0 });
    expect(found.cause).toBe('The array domains has 120 items; the maximum is 100.');
  });

  it('never show the same under Why and under Maybe', () => {
    const shown = entries.flatMap((each) => [explainEntry(each.catalog, each.entry), misfit(each)]);
    const twice = shown.filter((diagnosis) => {
      const lines = wide(diagnosis).split('\n');
      const why = lines.find((line) => line.startsWith('  Why '))?.slice(6) ?? '';
      const others = lines.flatMap((line) => /^ {2}(?:Maybe)? +- (.*)$/.exec(line)?.[1] ?? []);
      return others.some((other) => bare(other) === bare(why));
    });
    expect(twice.map(({ id }) => id)).toEqual([]);
  });

  it('of an API never give its cause as one of its possible causes', () => {
    const same = entries.flatMap(({ catalog, entry }) =>
      catalog.general ? [] : entry.causes.filter(({ text }) => bare(wordsOf(text)) === bare(wordsOf(entry.cause))),
    );
    expect(same).toEqual([]);
  });

  it('say exponential backoff, not growing waits', () => {
    expect(JSON.stringify(catalogs)).not.toMatch(/growing waits/);
  });

  it('are marked where the API does not say them, and only there', () => {
    const lines = rendered(explainEntry(api('victims'), entry('victims', 'key-locked')));
    expect(lines).toContain('Stop sending requests with this key. (general)');
    expect(lines).not.toContain('The key is temporarily locked. (general)');
    const general = rendered(explainEntry(builtIn.http, builtIn.http.entries[0] as (typeof entries)[0]['entry']));
    expect(general).not.toContain('(general)');
  });
});

const api = (id: string) => builtIn.apis.find((catalog) => catalog.id === id) as (typeof catalogs)[0];
const entry = (id: string, name: string) =>
  api(id).entries.find((candidate) => candidate.id === name) as (typeof entries)[0]['entry'];

/** A sentence without case, punctuation and function words. */
function bare(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9_ -]/g, '')
    .replaceAll(/\b(?:the|a|an|your|is|was|has been|has|it|this)\b/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
