import type { ManagerSettings } from '../../../contract/manager-settings.ts';
import type { Manager } from '../../models/manager.ts';
import { presentManager } from '../portal/portal.presenter.ts';

/** What is not the manager's own row. */
interface Besides {
  readonly hasLogo: boolean;
  readonly hosts: ManagerSettings['hosts'];
  readonly ibans: ManagerSettings['ibans'];
  /** What the server's settings say, for a manager who has not. */
  readonly usualPasswordDays: number;
}

/** What the office may know of its own manager. */
export const presentSettings = (manager: Manager, { usualPasswordDays, ...besides }: Besides): ManagerSettings => ({
  ...presentManager(manager),
  taxNumber: manager.taxNumber,
  iban: manager.iban,
  referenceTemplate: manager.referenceTemplate,
  purposeTemplate: manager.purposeTemplate,
  purposeCode: manager.purposeCode,
  slipNote: manager.slipNote ?? '',
  slipPasswordDays: manager.slipPasswordDays ?? usualPasswordDays,
  mailWelcomeText: manager.mailWelcomeText ?? '',
  mailSlipText: manager.mailSlipText ?? '',
  mailSignature: manager.mailSignature ?? '',
  ...besides,
});
