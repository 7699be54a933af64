/** One line of the connection doctor. A check that is ok may still carry advice: a warning. */
export interface Check {
  /** The step, such as `DNS`. */
  step: string;
  /** The address of the server, where there are several. */
  server: string | null;
  ok: boolean;
  message: string;
  advice: string | null;
  /** False when an earlier step that failed stood in the way. */
  wasTried: boolean;
}

/** What a step of the doctor found. */
export type Finding = Omit<Check, 'step' | 'server' | 'wasTried'>;

/** `DNS`, or `DNS (ldaps://dc1)` with several servers. */
export function checkName({ step, server }: Check): string {
  return server === null ? step : `${step} (${server})`;
}

export function good(message: string): Finding {
  return { ok: true, message, advice: null };
}
