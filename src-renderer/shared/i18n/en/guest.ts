import type { guest as slovene } from '../sl/guest.ts';
import type { SameKeys } from '../same-keys.ts';

export const guest: SameKeys<typeof slovene> = {};
