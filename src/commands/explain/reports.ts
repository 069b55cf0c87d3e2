import { isRecognized } from '../../diagnosis/diagnose.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import {
  BLANK_RESULT,
  type Exit,
  exitOf,
  exitOfDiagnosis,
  type Report,
  type Result,
  reportOf,
} from '../../model/report.ts';

/** The facts that decide on the exit code. */
interface ReportOptions {
  exitStatus: boolean;
}

/** A report on looked-up entries, without an exchange. */
export function entriesReport(diagnoses: Diagnosis[], options: ReportOptions): Report {
  return report(
    diagnoses.map((diagnosis) => result(diagnosis, null)),
    options,
    true,
  );
}

/** A result without a request. */
export function result(diagnosis: Diagnosis, response: Result['response']): Result {
  return { ...BLANK_RESULT, response, diagnosis };
}

/** The report on diagnosed results. */
export function explained(results: Result[], exitStatus: boolean): Report {
  return report(
    results,
    { exitStatus },
    results.some(({ diagnosis }) => diagnosis !== null && isRecognized(diagnosis)),
  );
}

/** The report on results, of which an error was recognized or not. */
export function report(results: Result[], options: ReportOptions, known: boolean): Report {
  return reportOf('explain', exitFor(results, options, known), results);
}

function exitFor(results: Result[], options: ReportOptions, known: boolean): Exit {
  if (!known) return exitOf('failed');
  const diagnosis = results[0]?.diagnosis;
  return options.exitStatus && diagnosis != null ? exitOfDiagnosis(diagnosis) : exitOf('ok');
}
