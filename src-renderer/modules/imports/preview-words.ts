/** How far an amount is off the one before, in per cent; null where that says nothing. */
export function percentOff(cents: number, before: number | null): number | null {
  return before === null || before === 0 ? null : Math.round(((cents - before) * 100) / Math.abs(before));
}

/** Two amounts as parts of the larger one, for bars; what is owed to the payers has none. */
export function barsOf(cents: number, before: number): { now: number; before: number } {
  const most = Math.max(cents, before, 1);
  return { now: Math.max(0, cents) / most, before: Math.max(0, before) / most };
}
