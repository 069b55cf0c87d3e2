import type { Diagnosis } from '../model/diagnosis.ts';
import type { Exchange, Failure } from '../model/exchange.ts';
import { retryAdvice } from './advice/retry-advice.ts';
import { BLANK_DIAGNOSIS, sourceOf } from './blank-diagnosis.ts';
import type { Context } from './context.ts';
import { describe, factsOf } from './evidence/causes.ts';
import { type Knowledge, matchFailure } from './match/general.ts';
import { inTermsOf, namedTool } from './tools/steps.ts';

/** The diagnosis of an exchange without a response. */
export function diagnoseFailure(exchange: Exchange, { apis, network }: Knowledge, context: Context): Diagnosis {
  const failure: Failure = exchange.failure ?? { phase: 'response', code: 'UNKNOWN', message: '' };
  const found = matchFailure(network, failure, originOf(exchange.request?.url ?? ''));
  const entry = found?.entry ?? null;
  const api = apis.find(({ id }) => id === context.api);
  const facts = factsOf(exchange, null, undefined, found, null, context);
  const described = inTermsOf(describe(found, failure.message, facts), found, exchange.seen?.tool, context);
  const { from, ...retry } = retryAdvice(exchange, { found, api, status: null, error: null, content: null, now: 0 });
  return {
    ...BLANK_DIAGNOSIS,
    ...described,
    id: entry === null ? null : `${network.id}/${entry.id}`,
    confidence: entry === null ? 'unrecognized' : 'general',
    code: failure.code,
    message: failure.message,
    retry,
    from: { ...described.from, retry: from },
    answeredBy: { kind: 'nobody', name: null },
    requestId: exchange.seen?.requestId ?? null,
    tool: namedTool(exchange.seen?.tool),
    source: sourceOf(entry ?? undefined, network),
    evidence: [`${failure.code} in the phase ${failure.phase}`],
  };
}

/** The scheme and the host of a URL: a path says nothing of a network. */
function originOf(url: string): string {
  return /^https?:\/\/[^/?#]*/i.exec(url)?.[0] ?? '';
}
