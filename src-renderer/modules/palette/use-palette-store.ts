import { defineStore } from 'pinia';
import { ref, shallowRef, watch } from 'vue';
import type { Payer } from '../../../contract/payers.ts';
import { useOfficeStore } from '../office/use-office-store.ts';

/** What a payer is known by in a list of many. */
export type KnownPayer = Pick<Payer, 'id' | 'code' | 'name' | 'units'>;

/** What was opened before; a payer is kept with what is shown of it. */
export interface Recent {
  readonly key: string;
  readonly payer?: KnownPayer;
}

export const payerKey = ({ id }: { readonly id: string }): string => `payer:${id}`;

const mostRecents = 8;

/** The palette of commands and the list of shortcuts, of which one at most is open. */
export const usePaletteStore = defineStore('palette', () => {
  const office = useOfficeStore();
  const shown = ref<'commands' | 'keys' | null>(null);
  /** The newest first. In memory alone: the names of payers are nobody's on this computer but who is signed in. */
  const recents = shallowRef<readonly Recent[]>([]);

  function open(what: 'commands' | 'keys'): void {
    shown.value = what;
  }

  function close(): void {
    shown.value = null;
  }

  function remember(recent: Recent): void {
    recents.value = [recent, ...recents.value.filter(({ key }) => key !== recent.key)].slice(0, mostRecents);
  }

  const rememberPayer = ({ id, code, name, units }: KnownPayer): void =>
    remember({ key: payerKey({ id }), payer: { id, code, name, units } });

  /** A payer that is no more. */
  function forget(key: string): void {
    recents.value = recents.value.filter((recent) => recent.key !== key);
  }

  // Another manager, or another person at this computer, begins anew.
  watch(
    () => office.managerId,
    () => {
      recents.value = [];
      close();
    },
    { flush: 'sync' },
  );

  return { shown, open, close, recents, remember, rememberPayer, forget };
});
