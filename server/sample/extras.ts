import type { SampleBuilding } from './buildings.ts';
import { seeded } from './random.ts';

/** What the office tells the people of a building now and then. */
const notes = [
  'Stanje vodomerov sporočite do 5. dne v mesecu, sicer obračunamo povprečno porabo.',
  'Redni letni pregled dvigala bo v drugi polovici meseca. O dnevu vas obvestimo na oglasni deski.',
  'Zbor etažnih lastnikov bo predvidoma prihodnji mesec. Gradivo prejmete teden dni prej.',
  'Prosimo, da kolesarnico do konca meseca izpraznite: sledi čiščenje in beljenje.',
] as const;

export function noteOf(seed: number, building: SampleBuilding, period: string): string {
  const random = seeded(seed, building.name, 'letter', period);
  return random.chance(0.3) ? random.pick(notes) : '';
}

/** What a payer still owes from the month before; undefined for most. In cents. */
export function openCentsOf(seed: number, payerCode: string, period: string): number | undefined {
  const random = seeded(seed, payerCode, 'late', period);
  return random.chance(0.12) ? random.int(1_250, 9_800) : undefined;
}

export interface SampleFund {
  readonly openingCents: number;
  readonly paidInCents: number;
  readonly spentCents: number;
  readonly balanceCents: number;
}

/** January 2020: the funds of the sample were empty before. */
const firstMonth = 2020 * 12;

/**
 * The reserve fund of a building in a month, of what its people pay in every month: once a year something is repaired
 * for eight months' worth. Each month begins with what the one before left, without remembering any.
 */
export function fundOf(seed: number, building: SampleBuilding, period: string, paidInCents: number): SampleFund {
  const month = Number(period.slice(0, 4)) * 12 + Number(period.slice(5, 7)) - 1 - firstMonth;
  const repairMonth = seeded(seed, building.name, 'repair').int(0, 11);
  const spentUntil = (end: number): number => Math.max(0, Math.ceil((end - repairMonth) / 12)) * 8 * paidInCents;
  const openingCents = month * paidInCents - spentUntil(month);
  const spentCents = spentUntil(month + 1) - spentUntil(month);
  return { openingCents, paidInCents, spentCents, balanceCents: openingCents + paidInCents - spentCents };
}
