import type { slips as slovene } from '../sl/slips.ts';
import type { SameKeys } from '../same-keys.ts';

export const slips: SameKeys<typeof slovene> = {};
