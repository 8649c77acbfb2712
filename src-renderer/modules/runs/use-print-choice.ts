import { computed, ref, watch } from 'vue';
import { countPrint } from '../../../contract/print-runs.ts';
import type { PrintForm, PrintOrder, PrintSelection } from '../../../contract/print-runs.ts';
import type { Channel } from '../../../contract/slips.ts';
import { call } from '../../api/client.ts';
import { useAsk } from '../../shared/composables/use-ask.ts';
import { useOfficeStore } from '../office/use-office-store.ts';
import { usePayersStore } from '../payers/use-payers-store.ts';

export type Whole = 'all' | 'buildings' | 'payers';

export interface PrintChoice {
  what: Whole;
  readonly buildingIds: Set<string>;
  /** Only for those who get their slips by it; null: for all. */
  channel: Channel | null;
  isWithoutAccount: boolean;
}

/** The contract's limits of one selection. */
export const mostBuildings = 500;
export const mostPayers = 1000;

/** Typing and ticking quickly is one question. */
const pause = 250;

/** What of a run is to be printed, and how; counted by the portal as it is chosen. */
export function usePrintChoice(runId: string) {
  const office = useOfficeStore();
  const payers = usePayersStore();

  const chosenPayers = computed(() => [...payers.selected.keys()]);
  const choice = ref<PrintChoice>({ what: 'all', buildingIds: new Set(), channel: null, isWithoutAccount: false });
  const form = ref<PrintForm>('pdf');
  const bothSides = ref(false);
  const slipPasswords = ref(false);

  /** Null as long as something must be chosen first, or too much is. */
  const selection = computed<PrintSelection | null>(() => {
    const { what, buildingIds, channel, isWithoutAccount } = choice.value;
    const ids = { all: null, buildings: [...buildingIds], payers: chosenPayers.value }[what];
    if (ids && (ids.length === 0 || ids.length > (what === 'payers' ? mostPayers : mostBuildings))) return null;
    return {
      runId,
      ...(what === 'buildings' && ids ? { buildingIds: ids } : {}),
      ...(what === 'payers' && ids ? { payerIds: ids } : {}),
      ...(channel ? { channels: [channel] } : {}),
      ...(isWithoutAccount ? { withoutAccount: true } : {}),
    };
  });

  const counting = useAsk(async () =>
    selection.value ? await call(countPrint, { query: { managerId: office.managerId }, body: selection.value }) : null,
  );
  const isStale = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(selection, () => {
    isStale.value = true;
    clearTimeout(timer);
    timer = setTimeout(() => {
      isStale.value = false;
      void counting.reload();
    }, pause);
  });

  /** Null while it is being found out, and where nothing is chosen. */
  const counts = computed(() =>
    isStale.value || counting.waiting.value || counting.problem.value ? null : counting.answer.value,
  );

  const order = computed<PrintOrder | null>(() =>
    selection.value && counts.value && counts.value.slips > 0
      ? {
          ...{ selection: selection.value, form: form.value, slipPasswords: slipPasswords.value },
          bothSides: form.value === 'pdf' && bothSides.value,
        }
      : null,
  );

  return { choice, form, bothSides, slipPasswords, chosenPayers, selection, counts, counting, order };
}
