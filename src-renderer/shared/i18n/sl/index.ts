import { common } from './common.ts';
import { errors, requestNumber, rules } from './errors.ts';
import { guest } from './guest.ts';
import { profile } from './profile.ts';
import { shell } from './shell.ts';
import { slips } from './slips.ts';

export const sl = { ...common, errors, rules, requestNumber, guest, profile, shell, slips };
