// What the library says, in whichever runtime: a line of JSON.
import { diagnose, explainError, readError, savedResponse } from 'errprobe';
import { explainer } from 'errprobe/embed';
import { retryingFetch } from 'errprobe/fetch';

export async function use(server, dead) {
  const spent = { error: { type: 'insufficient_quota', code: 'insufficient_quota', message: 'Spent.', param: null } };
  const response = savedResponse(JSON.stringify(spent), 429);
  const diagnosis = diagnose({ request: null, response, failure: null }, { api: 'openai' });
  const catalog = { id: 'shop', entries: [], envelope: { code: '/code' } };
  const explained = await explainer(catalog)(Response.json({ code: 'closed' }, { status: 503 }));
  const waits = [];
  const retrying = retryingFetch({ base: 1, jitter: 0, onRetry: ({ waitMs }) => waits.push(waitMs) });
  return {
    id: diagnosis.id,
    category: diagnosis.category,
    advice: diagnosis.retry.advice,
    message: readError(spent).message,
    answered: (await explainError(await fetch(`${server}/missing`))).id,
    unanswered: await fetch(dead).catch(async (thrown) => (await explainError(thrown)).category),
    retried: (await retrying(`${server}/busy`)).status,
    waits,
    embedded: [explained.code, explained.exitCode],
  };
}
