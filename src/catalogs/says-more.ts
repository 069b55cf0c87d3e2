import { statusPhrases } from '../diagnosis/status.ts';
import type { StatusPattern } from '../model/catalog.ts';

/** Words that descriptions of every API have. */
const GENERAL =
  /\b(?:the|a|an|is|was|were|are|be|been|has|have|had|of|to|for|in|on|with|by|or|and|not|no|if|when|that|this|it|your|you|can|could|http|https|status|code|codes|response|responses|request|requests|error|errors|returned|returns|return|server|client|api|standard|failed|failure|fails|unexpected|occurred|occurs|invalid|bad|unauthorized|unauthorised|forbidden|found|conflict|internal|unavailable|service|gateway|timeout|unprocessable|entity|content|too|many|default|general|generic|problem|details|resource|specified|requested|access|denied|permission|permissions|authentication|authorization|required|validation|rate|limit|exceeded|limited|please|see|description|operation|successful|unknown)\b|\d+/g;

/** Whether a description says more than its status: three words are left without the phrase and general ones. */
export function saysMore(text: string, statuses: StatusPattern[]): boolean {
  if (/[\u3040-\u30ff\u4e00-\u9fff]{6,}/.test(text)) return true;
  let plain = text.toLowerCase();
  for (const status of statuses) {
    if (typeof status === 'number') for (const phrase of statusPhrases(status)) plain = plain.replaceAll(phrase, ' ');
  }
  const left = plain.replaceAll(GENERAL, ' ').match(/[\p{L}_]{2,}/gu) ?? [];
  return left.length >= 3;
}
