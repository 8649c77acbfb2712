import { common } from './common.ts';
import { eInvoices } from './e-invoices.ts';
import { errors, requestNumber, rules } from './errors.ts';
import { guest } from './guest.ts';
import { humanCheck } from './human-check.ts';
import { imports } from './imports.ts';
import { mails } from './mails.ts';
import { managerSettings } from './manager-settings.ts';
import { payers } from './payers.ts';
import { premises } from './premises.ts';
import { printRuns } from './print-runs.ts';
import { profile } from './profile.ts';
import { secondFactor } from './second-factor.ts';
import { shell } from './shell.ts';
import { slipPasswords } from './slip-passwords.ts';
import { slips } from './slips.ts';
import { staff } from './staff.ts';

export const sl = {
  ...common,
  errors,
  rules,
  requestNumber,
  eInvoices,
  guest,
  humanCheck,
  imports,
  mails,
  managerSettings,
  payers,
  premises,
  printRuns,
  profile,
  secondFactor,
  shell,
  slipPasswords,
  slips,
  staff,
};
