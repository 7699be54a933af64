import type { RunRequest } from '../../../core/runs/run.ts';

/** What a run is told. */
export interface RunOrder {
  readonly request: RunRequest;
  /** Whom it takes, for people. */
  readonly whom: string;
  /** How many that is; null when nobody has counted. */
  readonly users: number | null;
  /** The run that it continues. */
  readonly resumes: number | null;
}
