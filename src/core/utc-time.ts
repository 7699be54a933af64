/** A moment for tables and lines that people read: `2026-03-01 08:30:05`, in UTC. @param at ISO 8601 in UTC */
export function utcTime(at: string): string {
  return at.slice(0, 19).replace('T', ' ');
}

/** The same for sentences, where nothing else says that it is UTC: `2026-03-01 08:30:05 UTC`. */
export function utcMoment(at: string): string {
  return `${utcTime(at)} UTC`;
}
