import type { ManagerSettings } from '../../../contract/manager-settings.ts';
import type { Manager } from '../../models/manager.ts';
import { presentManager } from '../portal/portal.presenter.ts';

/** What the office may know of its own manager. */
export const presentSettings = (manager: Manager, hasLogo: boolean): ManagerSettings => ({
  ...presentManager(manager),
  taxNumber: manager.taxNumber,
  iban: manager.iban,
  referenceTemplate: manager.referenceTemplate,
  purposeTemplate: manager.purposeTemplate,
  purposeCode: manager.purposeCode,
  slipNote: manager.slipNote ?? '',
  hasLogo,
});
