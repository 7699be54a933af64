/** One line of the connection doctor. A check that is ok may still carry advice: a warning. */
export interface Check {
  /** The step, such as `DNS`; with several servers followed by the server's name. */
  name: string;
  ok: boolean;
  message: string;
  advice: string | null;
  /** False when an earlier step that failed stood in the way. */
  wasTried: boolean;
}

/** What a step of the doctor found. */
export type Finding = Omit<Check, 'name' | 'wasTried'>;

export function good(message: string): Finding {
  return { ok: true, message, advice: null };
}
