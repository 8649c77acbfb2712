import { computed, ref } from 'vue';
import type { SlipPasswordOrder } from '../../../contract/slip-passwords.ts';
import { useAsk } from '../../shared/composables/use-ask.ts';
import { useOfficeStore } from '../office/use-office-store.ts';
import { countPayers } from '../payers/count-payers.ts';
import { usePayersStore } from '../payers/use-payers-store.ts';

export type Whom = 'chosen' | 'all';

/** The contract's limit of one order. */
export const mostChosen = 1000;

/** For whom slip passwords are to be issued: those chosen in the table of payers, or all without an account. */
export function useRecipients() {
  const office = useOfficeStore();
  const payers = usePayersStore();

  const chosen = computed(() => [...payers.selected.values()]);
  const registered = computed(() => chosen.value.filter((payer) => payer.access === 'registered'));
  const whom = ref<Whom>(chosen.value.length > 0 ? 'chosen' : 'all');

  const withoutAccount = useAsk(async () => {
    const [all, taken] = await Promise.all([
      countPayers(office.managerId),
      countPayers(office.managerId, 'registered'),
    ]);
    return all - taken;
  });

  const count = computed(() => (whom.value === 'chosen' ? chosen.value.length : withoutAccount.answer.value));
  const isTooMany = computed(() => chosen.value.length > mostChosen);

  /** What to send, once there is somebody to send it for. */
  const order = computed<SlipPasswordOrder | null>(() => {
    if (!count.value) return null;
    if (whom.value === 'all') return { allWithoutAccount: true };
    if (isTooMany.value || registered.value.length > 0) return null;
    return { payerIds: chosen.value.map((payer) => payer.id) };
  });

  const dropRegistered = () => payers.select(registered.value, false);

  return { whom, chosen, registered, withoutAccount, count, isTooMany, order, dropRegistered };
}
