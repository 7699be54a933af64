import { MfaError } from './errors.ts';

const unitSeconds: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/**
 * A moment as an administrator types it: `2h` or `7d` ago, a day `2026-03-01` on this machine's calendar, or
 * a time in ISO 8601 such as `2026-03-01T08:30` (local) or `...08:30Z` (UTC).
 * @param edge whether a day means its first or its last millisecond
 * @throws {MfaError} `usage.invalid`
 */
export function parseMoment(text: string, now: Date, edge: 'start' | 'end'): Date {
  const ago = /^(\d{1,6})([smhdw])$/.exec(text.trim());
  if (ago !== null) return new Date(now.getTime() - Number(ago[1]) * (unitSeconds[ago[2] ?? ''] ?? 0) * 1000);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text.trim());
  const time = isDay ? (edge === 'start' ? 'T00:00:00.000' : 'T23:59:59.999') : '';
  const moment = new Date(`${text.trim()}${time}`);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text.trim()) || Number.isNaN(moment.getTime())) {
    throw new MfaError('usage.invalid', `"${text}" is not a time.`, {
      advice: 'Write 2h or 7d (ago), a day such as 2026-03-01, or a time such as 2026-03-01T08:30.',
    });
  }
  return moment;
}
