import { describe, expect, it } from 'vitest';
import { DECEPTIVE } from './deceptive.ts';
import { FAULTS } from './faults.ts';
import { MISLEADING } from './misleading.ts';
import { diagnosisOf, type Outcome, outcomeOf, type Situation } from './situations.ts';
import { USERS_FAULTS } from './users-faults.ts';

/** Confirmed and suspected causes, for the message of a failing test. */
const seen = (situation: Situation) =>
  diagnosisOf(situation)
    .causes.filter(({ verdict, evidence }) => verdict !== 'ruled-out' && evidence !== null)
    .map(({ verdict, text, evidence }) => `${verdict}: ${text} (${evidence})`);

const tell = (situations: Situation[], wanted: (outcome: Outcome) => boolean) =>
  situations
    .filter((situation) => wanted(outcomeOf(situation)))
    .map((situation) => `${situation.what} [${outcomeOf(situation)}] ${seen(situation).join(' | ')}`);

describe('evidence', () => {
  it('confirms nothing that is not so', () => {
    expect(tell([...FAULTS, ...USERS_FAULTS, ...MISLEADING, ...DECEPTIVE], (outcome) => outcome === 'false')).toEqual(
      [],
    );
  });

  it('confirms what the request shows', () => {
    expect(tell([...FAULTS, ...USERS_FAULTS], (outcome) => outcome === 'missed' || outcome === 'possible')).toEqual([]);
  });

  it('is tried on many faults and situations', () => {
    expect(FAULTS.length + USERS_FAULTS.length).toBeGreaterThan(350);
    expect(MISLEADING.length + DECEPTIVE.length).toBeGreaterThan(240);
  });
});
