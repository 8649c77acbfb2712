import type { PayerAccess } from '../../../contract/payers.ts';
import type { SlipPasswordStanding } from '../../../contract/slip-passwords.ts';
import type { ChartTone, Part } from '../../shared/components/charts/chart.ts';

const tones = [
  ['registered', 1],
  ['issued', 2],
  ['expired', 3],
  ['none', 4],
] as const satisfies readonly (readonly [PayerAccess, ChartTone])[];

/** The four ways in which payers stand, as parts of a bar. */
export const standingParts = (
  counts: Pick<SlipPasswordStanding, PayerAccess>,
  labelOf: (access: PayerAccess) => string,
): readonly Part[] =>
  tones.map(([key, tone]) => ({
    key,
    tone,
    label: labelOf(key),
    value: counts[key],
    to: { name: 'payers', query: { access: key } },
  }));
