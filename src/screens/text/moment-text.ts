/** A moment as administrators read it, by this machine's clock: `10:42` today, else `2026-03-01 10:42`. */
export function momentText(iso: string, now: Date): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  const time = `${pad(moment.getHours())}:${pad(moment.getMinutes())}`;
  const day = dayText(moment);
  return day === dayText(now) ? time : `${day} ${time}`;
}

/** With the day and the second: `2026-03-01 10:42:07`. */
export function exactMomentText(iso: string): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  const time = [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(pad).join(':');
  return `${dayText(moment)} ${time}`;
}

function dayText(moment: Date): string {
  return `${moment.getFullYear()}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
