import { describe, expect, it } from 'vitest';
import { FINDING_CODES } from '../../../src/diagnosis/evidence/sentences.ts';
import { diagnosisOf, json } from './situations.ts';

describe('a finding', () => {
  const { causes } = diagnosisOf({
    what: 'a field with another name',
    api: null,
    asked: { call: 'POST /orders', body: { custmer_id: 7 } },
    answered: json(400, { message: 'customer_id is required' }),
    evidence: null,
  });

  it('is kept as a code with its parameters, beside its words', () => {
    expect(causes[0]).toMatchObject({
      verdict: 'confirmed',
      evidence: 'the body has no /customer_id, but custmer_id',
      findings: [{ code: 'field-absent', where: { in: 'body', name: '/customer_id' }, instead: 'custmer_id' }],
    });
  });

  it('is absent where nothing was found', () => {
    for (const { evidence, findings } of causes) expect(evidence === null).toBe(findings.length === 0);
  });

  it('has a code of lower-case words', () => {
    expect(FINDING_CODES.filter((code) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(code))).toEqual([]);
  });
});
