import type { Claim } from './claims.ts';
import type { BodyExample } from './example.ts';
import type { RetryRuleSaid } from './rules.ts';

/** The reading of a page. */
export interface PageRead {
  claims: Claim[];
  rules: RetryRuleSaid[];
  /** Bodies that show the shape of errors, those of entries included. */
  bodies: BodyExample[];
  left: LeftOut[];
  /** Entries for statuses that only a text names. */
  prose: Claim[];
}

/** A part that was left out, and why. */
export interface LeftOut {
  what: string;
  why: string;
  /** True if a person may know how to recognize what it is about. */
  isForPerson?: boolean;
}
