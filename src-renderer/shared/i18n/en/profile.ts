import type { profile as slovene } from '../sl/profile.ts';
import type { SameKeys } from '../same-keys.ts';

export const profile: SameKeys<typeof slovene> = {};
