/** Days as a person chooses them, `YYYY-MM-DD`; empty: no end. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** The midnight at which a day begins here, or the one after it: no clock has every day 24 hours. */
function midnight(day: string, after: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + after).toISOString();
}

/** Both days and all between them, as moments: from the first one's beginning until the last one is over. */
export const momentsOf = ({ from, to }: DayRange): { from?: string; until?: string } => ({
  ...(from && { from: midnight(from, 0) }),
  ...(to && { until: midnight(to, 1) }),
});
