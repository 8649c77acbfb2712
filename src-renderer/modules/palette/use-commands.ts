import { computed, nextTick, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { rank } from './rank.ts';
import { useChoices } from './use-choices.ts';
import type { Choice } from './use-choices.ts';
import { usePaletteStore } from './use-palette-store.ts';
import { usePayerHits } from './use-payer-hits.ts';

export interface Group {
  readonly key: 'recent' | 'actions' | 'screens' | 'found' | 'payers';
  readonly choices: readonly Choice[];
}

/** What the palette offers for what is typed; without that, what was opened before and all there is to open and do. */
export function useCommands() {
  const { t } = useI18n();
  const store = usePaletteStore();
  const { own, ofCommand, ofPayer } = useChoices();
  const text = ref('');
  const { payers, waiting, problem } = usePayerHits(() => text.value);

  const recent = computed(() =>
    store.recents.flatMap(({ key, payer }): Choice | readonly Choice[] => {
      const command = own.value.find((one) => one.key === key);
      return payer ? ofPayer(payer) : command ? ofCommand(command) : [];
    }),
  );

  /** What fits, what begins with it before what has it somewhere, and what was opened before first of its kind. */
  const found = computed(() => {
    const recency = (key: string): number => {
      const at = store.recents.findIndex((one) => one.key === key);
      return at === -1 ? store.recents.length : at;
    };
    return own.value
      .flatMap((command) => {
        const fit = rank(t(command.label), text.value);
        return fit === null ? [] : { command, fit, recency: recency(command.key) };
      })
      .sort((one, other) => one.fit - other.fit || one.recency - other.recency)
      .map(({ command }) => ofCommand(command));
  });

  const groups = computed<readonly Group[]>(() => {
    const all: readonly Group[] = text.value.trim()
      ? [
          { key: 'found', choices: found.value },
          { key: 'payers', choices: payers.value.map(ofPayer) },
        ]
      : [
          { key: 'recent', choices: recent.value },
          { key: 'actions', choices: own.value.filter(({ isScreen }) => !isScreen).map(ofCommand) },
          { key: 'screens', choices: own.value.filter(({ isScreen }) => isScreen).map(ofCommand) },
        ];
    return all.filter(({ choices }) => choices.length > 0);
  });

  /** Closes first: what is opened may ask something itself. Where no new page takes the focus, the old one's heading does. */
  async function choose(choice: Choice): Promise<void> {
    store.close();
    await nextTick();
    await choice.run();
    await nextTick();
    if (document.activeElement === document.body) document.querySelector<HTMLElement>('h1')?.focus();
  }

  return { text, groups, waiting, problem, choose };
}
