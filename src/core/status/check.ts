/** One thing that was looked at. */
export interface Check {
  name: string;
  ok: boolean;
  /** What was found, as a sentence. */
  message: string;
  /** What to do; null when nothing. */
  advice: string | null;
}

export function passed(name: string, message: string): Check {
  return { name, ok: true, message, advice: null };
}

export function failed(name: string, message: string, advice: string | null): Check {
  return { name, ok: false, message, advice };
}
