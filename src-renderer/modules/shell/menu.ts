import {
  ChartColumn,
  FileUp,
  House,
  KeyRound,
  Mail,
  Plus,
  ReceiptEuro,
  ReceiptText,
  Settings2,
  UserRound,
  Users,
  FileCheck,
} from '@lucide/vue';
import type { Component } from 'vue';
import type { useSessionStore } from '../session/use-session-store.ts';

/** Whom a page or a menu entry is for; the words of the contract's callers. */
export type Access = 'anyone' | 'guest' | 'account' | 'resident' | 'clerk' | 'admin';

export interface MenuEntry {
  /** The route's name. */
  readonly route: string;
  /** The key of its words. */
  readonly label: string;
  readonly icon: Component;
  readonly access: Access;
  readonly place: 'top' | 'bottom';
}

/** The left menu, in its order. An entry is seen by those who may open its page. */
export const menu: readonly MenuEntry[] = [
  { route: 'overview', label: 'overview.title', icon: ChartColumn, access: 'clerk', place: 'top' },
  { route: 'home', label: 'shell.home', icon: House, access: 'resident', place: 'top' },
  { route: 'slips', label: 'shell.slips', icon: ReceiptText, access: 'resident', place: 'top' },
  { route: 'imports', label: 'imports.menu', icon: FileUp, access: 'clerk', place: 'top' },
  { route: 'runs', label: 'runs.menu', icon: ReceiptEuro, access: 'clerk', place: 'top' },
  { route: 'payers', label: 'payers.menu', icon: Users, access: 'clerk', place: 'top' },
  { route: 'slip-passwords', label: 'slipPasswords.menu', icon: KeyRound, access: 'admin', place: 'top' },
  { route: 'e-invoice-requests', label: 'eInvoices.office.menu', icon: FileCheck, access: 'clerk', place: 'top' },
  { route: 'mails', label: 'mails.menu', icon: Mail, access: 'clerk', place: 'top' },
  { route: 'manager-settings', label: 'managerSettings.menu', icon: Settings2, access: 'admin', place: 'top' },
  { route: 'profile', label: 'shell.profile', icon: UserRound, access: 'account', place: 'bottom' },
  { route: 'add-premises', label: 'premises.menu', icon: Plus, access: 'account', place: 'bottom' },
];

/** The parts of the settings, each a page of its own: what the menu's one entry leads to. */
export const settingsParts = [
  { route: 'manager-settings', label: 'managerSettings.part.manager' },
  { route: 'slip-settings', label: 'managerSettings.part.slip' },
  { route: 'mail-settings', label: 'managerSettings.part.mails' },
  { route: 'host-settings', label: 'managerSettings.part.hosts' },
  { route: 'staff', label: 'managerSettings.part.staff' },
  { route: 'api-keys', label: 'managerSettings.part.apiKeys' },
  { route: 'audit-log', label: 'managerSettings.part.audit' },
] as const;

type Session = Pick<ReturnType<typeof useSessionStore>, 'isSignedIn' | 'isResident' | 'holds'>;

export function mayOpen(access: Access, session: Session): boolean {
  switch (access) {
    case 'anyone':
      return true;
    case 'guest':
      return !session.isSignedIn;
    case 'account':
      return session.isSignedIn;
    case 'resident':
      return session.isResident;
    case 'clerk':
    case 'admin':
      return session.holds(access);
  }
}

/** Whether the page is one of the office, which is closed to admins who have no second factor. */
export const isOfOffice = (access: Access): boolean => access === 'clerk' || access === 'admin';

/**
 * Where a person lands after signing in: where the second factor is set up when the office waits for it, else on the
 * first page of the menu that is theirs.
 */
export const landing = (session: Session & { readonly needsSecondFactor: boolean }): string =>
  session.needsSecondFactor
    ? 'second-factor'
    : (menu.find((entry) => mayOpen(entry.access, session))?.route ?? 'profile');
