/** Whether `DD.MM.LLLL`, as the UPN writes dates, names a day that exists. */
export function isCalendarDate(text: string): boolean {
  const match = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(text);
  if (!match) return false;
  const [day, month, year] = match.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** `2026-10-31` as `31.10.2026`. */
export const upnDate = (day: string): string => day.split('-').reverse().join('.');
