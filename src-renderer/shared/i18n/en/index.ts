import type { sl } from '../sl/index.ts';
import type { SameKeys } from '../same-keys.ts';
import { common } from './common.ts';
import { errors, requestNumber, rules } from './errors.ts';
import { guest } from './guest.ts';
import { profile } from './profile.ts';
import { shell } from './shell.ts';
import { slips } from './slips.ts';

export const en: SameKeys<typeof sl> = { ...common, errors, rules, requestNumber, guest, profile, shell, slips };
