import type { sl } from '../sl/index.ts';
import type { SameKeys } from '../same-keys.ts';
import { apiKeys } from './api-keys.ts';
import { audit } from './audit.ts';
import { common } from './common.ts';
import { diagnostics } from './diagnostics.ts';
import { eInvoices } from './e-invoices.ts';
import { errors, requestNumber, rules } from './errors.ts';
import { guest } from './guest.ts';
import { humanCheck } from './human-check.ts';
import { imports } from './imports.ts';
import { mails } from './mails.ts';
import { managerSettings } from './manager-settings.ts';
import { overview } from './overview.ts';
import { palette } from './palette.ts';
import { payers } from './payers.ts';
import { premises } from './premises.ts';
import { printRuns } from './print-runs.ts';
import { profile } from './profile.ts';
import { runs } from './runs.ts';
import { secondFactor } from './second-factor.ts';
import { shell } from './shell.ts';
import { slipPasswords } from './slip-passwords.ts';
import { slips } from './slips.ts';
import { staff } from './staff.ts';
import { thisComputer } from './this-computer.ts';
import { updates } from './updates.ts';

export const en: SameKeys<typeof sl> = {
  ...common,
  errors,
  rules,
  requestNumber,
  apiKeys,
  audit,
  diagnostics,
  eInvoices,
  guest,
  humanCheck,
  imports,
  mails,
  managerSettings,
  overview,
  palette,
  payers,
  premises,
  printRuns,
  profile,
  runs,
  secondFactor,
  shell,
  slipPasswords,
  slips,
  staff,
  thisComputer,
  updates,
};
