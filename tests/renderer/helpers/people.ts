import type { Manager } from '../../../contract/portal.ts';
import type { Session } from '../../../contract/session.ts';
import type { SlipSummary } from '../../../contract/slips.ts';
import type { Portal } from '../../../src-renderer/modules/shell/use-shell-store.ts';

export const idOf = (number: number): string => number.toString(16).padStart(32, '0');

export const manager: Manager = {
  id: idOf(1),
  name: 'Upravnik Vzorec d.o.o.',
  street: 'Vzorčna ulica 1',
  town: '1000 Ljubljana',
  email: 'pisarna@vzorec.si',
  phone: '01 234 56 78',
};

export const portal: Portal = {
  product: 'iiPortal',
  version: '0.1.0',
  manager,
  managers: [manager],
  humanCheck: 'off',
};

export const resident: Session = {
  account: {
    id: idOf(9),
    email: 'ana@primer.si',
    emailConfirmed: true,
    newEmail: null,
    firstName: 'Ana',
    lastName: 'Priimek',
    language: 'sl',
  },
  payers: [{ id: idOf(100), code: '104217', name: 'Priimek Ana', managerId: manager.id, managerName: manager.name }],
  roles: [],
  secondFactor: { isOn: false, isNeeded: false, isCompulsory: false },
  device: 'Windows, PISARNA-3',
  since: '2026-11-23T10:00:00.000Z',
};

export const clerk: Session = {
  ...resident,
  payers: [],
  roles: [{ managerId: manager.id, managerName: manager.name, role: 'clerk' }],
};

export const summary = (number: number, given: Partial<SlipSummary> = {}): SlipSummary => ({
  id: idOf(1000 + number),
  number: `2026-${number}`,
  period: '2026-10',
  issueDate: '2026-11-05',
  dueDate: '2026-11-20',
  totalCents: 8432,
  managerId: manager.id,
  managerName: manager.name,
  payerId: idOf(100),
  payerCode: '104217',
  channel: 'none',
  ...given,
});
