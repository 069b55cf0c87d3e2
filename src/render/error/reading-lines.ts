import type { Diagnosis } from '../../model/diagnosis.ts';

const NAMES = { code: 'code', message: 'message', status: 'status', requestId: 'request ID' } as const;

/** The location of each part and the reasons: `code at /error/slug: its name, its form`. */
export function readingLines({ reading }: Diagnosis): string[] {
  return (Object.keys(NAMES) as (keyof typeof NAMES)[]).flatMap((role) => {
    const part = reading[role];
    if (part === undefined) return [];
    const rival = part.rival === null ? '' : ` (almost ${part.rival})`;
    return [`${NAMES[role]} at ${part.pointer || 'the top'}: ${part.why.join(', ') || 'all there is'}${rival}`];
  });
}
