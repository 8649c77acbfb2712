import { broken, type Broken } from './faults.ts';

const slovene = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})$/;
const iso = /^(\d{4})-(\d{2})-(\d{2})$/;

const daysOfMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

function day(year: number, month: number, dayOfMonth: number): string | Broken {
  if (year < 2000 || year > 2099 || month < 1 || month > 12) return broken('no_such_day');
  if (dayOfMonth < 1 || dayOfMonth > daysOfMonth(year, month)) return broken('no_such_day');
  return `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
}

/** `5. 10. 2026`, `05.10.2026` or `2026-10-05`, years 2000 to 2099, as `2026-10-05`. */
export function parseDate(text: string): string | Broken {
  const ours = slovene.exec(text);
  if (ours) return day(Number(ours[3]), Number(ours[2]), Number(ours[1]));
  const international = iso.exec(text);
  if (international) return day(Number(international[1]), Number(international[2]), Number(international[3]));
  return broken('date');
}

/** `2026-10`. */
export const parsePeriod = (text: string): string | Broken =>
  /^20\d{2}-(0[1-9]|1[0-2])$/.test(text) ? text : broken('period');

const monthNumber = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));

/**
 * Slips are issued around the end of their period: at most a month before it begins (advances) and at most six months
 * after it (settlements). Anything else is most likely a wrong year.
 */
export function issueFitsPeriod(issueDate: string, period: string): boolean {
  const distance = monthNumber(issueDate) - monthNumber(period);
  return distance >= -1 && distance <= 6;
}
