/** The databases keep moments as `YYYY-MM-DD HH:MM:SS.mmm`, UTC: text that sorts, in both of them. */
export const toInstant = (date: Date): string => date.toISOString().replace('T', ' ').replace('Z', '');

/** From the database's form to the contract's: `YYYY-MM-DDTHH:MM:SS.mmmZ`. */
export const toIso = (instant: string): string => `${instant.replace(' ', 'T')}Z`;

export const fromInstant = (instant: string): Date => new Date(toIso(instant));

export const later = (from: Date, milliseconds: number): Date => new Date(from.getTime() + milliseconds);

const slovenian = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: 'Europe/Ljubljana' });

/** The day by the calendar in Slovenia: `YYYY-MM-DD`, as Swedes write theirs. */
export const toDay = (date: Date): string => slovenian.format(date);

export const minutes = 60_000;
export const days = 86_400_000;

/**
 * The clocks of several servers differ a little. What is from further in the future comes from before the clock was set
 * back, and would live for as much longer.
 */
export const clockSlack = 5 * minutes;
