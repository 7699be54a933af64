/** Where the core takes the time from, so that tests can set it. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

/** A moment as it is stored and printed: ISO 8601 in UTC with milliseconds, so that text order is time order. */
export function timestamp(date: Date): string {
  return date.toISOString();
}

export function addSeconds(date: Date, seconds: number): Date {
  return new Date(date.getTime() + seconds * 1000);
}
