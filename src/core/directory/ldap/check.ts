/** One line of the connection doctor. A check that is ok may still carry advice: a warning. */
export interface Check {
  /** The step, such as `DNS`; with several servers followed by the server's name. */
  name: string;
  ok: boolean;
  message: string;
  advice: string | null;
}

/** What a step of the doctor found. */
export type Finding = Omit<Check, 'name'>;

export function good(message: string): Finding {
  return { ok: true, message, advice: null };
}
