import {
  FileUp,
  FilterX,
  Keyboard,
  KeyRound,
  LifeBuoy,
  MailX,
  MonitorCog,
  Printer,
  Settings2,
  UserRoundPlus,
  UserRoundX,
} from '@lucide/vue';
import type { Component } from 'vue';
import type { RouteLocationRaw } from 'vue-router';
import { menu, settingsParts } from '../shell/menu.ts';
import type { Access } from '../shell/menu.ts';

/** Something that can be opened or done, without its words. */
export interface Command {
  readonly key: string;
  /** The key of its words. */
  readonly label: string;
  readonly icon: Component;
  readonly access: Access;
  readonly isScreen?: boolean;
  /** Where it leads; what it does besides is `deed`. */
  readonly to?: RouteLocationRaw;
  readonly deed?: 'printNewest' | 'withoutAccount' | 'clearPayers' | 'support' | 'keys';
}

const screens: readonly Command[] = [
  ...menu.map(({ route, label, icon, access }) => ({
    ...{ key: `screen:${route}`, label, icon, access, isScreen: true, to: { name: route } },
  })),
  // The first one is the menu's own entry.
  ...settingsParts.slice(1).map(({ route, label }) => ({
    ...{ key: `screen:${route}`, label, icon: Settings2, access: 'admin' as const, isScreen: true },
    to: { name: route },
  })),
  {
    ...{ key: 'screen:this-computer', label: 'thisComputer.title', icon: MonitorCog, access: 'account' },
    ...{ isScreen: true, to: { name: 'this-computer' } },
  },
];

const action = (key: string, icon: Component, access: Access, does: Pick<Command, 'to' | 'deed'>): Command => ({
  ...{ key: `action:${key}`, label: `palette.action.${key}`, icon, access, ...does },
});

const actions: readonly Command[] = [
  action('import', FileUp, 'clerk', { to: { name: 'imports' } }),
  action('print', Printer, 'clerk', { deed: 'printNewest' }),
  action('passwords', KeyRound, 'admin', { to: { name: 'slip-passwords' } }),
  action('withoutAccount', UserRoundX, 'clerk', { deed: 'withoutAccount' }),
  action('failedMails', MailX, 'clerk', { to: { name: 'mails', query: { state: 'failed' } } }),
  action('clearPayers', FilterX, 'clerk', { deed: 'clearPayers' }),
  action('invite', UserRoundPlus, 'admin', { to: { name: 'staff' } }),
  action('keys', Keyboard, 'clerk', { deed: 'keys' }),
  action('support', LifeBuoy, 'clerk', { deed: 'support' }),
];

export const commands: readonly Command[] = [...actions, ...screens];
