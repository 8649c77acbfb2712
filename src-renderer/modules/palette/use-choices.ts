import { UserRound } from '@lucide/vue';
import { computed } from 'vue';
import type { Component } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { useOfficeStore } from '../office/use-office-store.ts';
import { useSessionStore } from '../session/use-session-store.ts';
import { mayOpen } from '../shell/menu.ts';
import { commands } from './commands.ts';
import type { Command } from './commands.ts';
import { keysTo } from './shortcuts.ts';
import { useDeeds } from './use-deeds.ts';
import { payerKey, usePaletteStore } from './use-palette-store.ts';
import type { KnownPayer } from './use-palette-store.ts';

/** A line of the palette. */
export interface Choice {
  readonly key: string;
  readonly label: string;
  readonly detail?: string | undefined;
  readonly icon: Component;
  readonly keys?: readonly string[] | undefined;
  readonly run: () => unknown;
}

const keysOf = ({ key, isScreen, deed }: Command): readonly string[] | undefined =>
  isScreen ? keysTo(key.replace('screen:', '')) : deed === 'keys' ? ['?'] : undefined;

/** Commands and payers as lines of the palette, and the commands that are the person's own. */
export function useChoices() {
  const { t } = useI18n();
  const router = useRouter();
  const office = useOfficeStore();
  const session = useSessionStore();
  const store = usePaletteStore();
  const deeds = useDeeds();

  const ofCommand = (command: Command): Choice => ({
    ...{ key: command.key, label: t(command.label), icon: command.icon },
    keys: keysOf(command),
    run() {
      store.remember({ key: command.key });
      return command.deed ? deeds[command.deed]() : router.push(command.to!);
    },
  });

  const ofPayer = (payer: KnownPayer): Choice => ({
    ...{ key: payerKey(payer), label: payer.name, icon: UserRound },
    detail: [payer.code, payer.units[0]].filter(Boolean).join(' · '),
    run() {
      store.rememberPayer(payer);
      return router.push({ name: 'payer', params: { id: payer.id } });
    },
  });

  const own = computed(() => {
    const { isSignedIn, isResident } = session;
    return commands.filter(({ access }) => mayOpen(access, { isSignedIn, isResident, holds: office.holds }));
  });

  return { own, ofCommand, ofPayer };
}
