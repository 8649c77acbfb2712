import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { countSlipPasswords } from '../../../contract/slip-passwords.ts';
import type { SlipPasswordOrder } from '../../../contract/slip-passwords.ts';
import type { ResponseOf } from '../../../contract/endpoint.ts';
import { call } from '../../api/client.ts';
import { toProblem } from '../../api/problem.ts';
import type { ApiProblem } from '../../api/problem.ts';
import { useOfficeStore } from '../office/use-office-store.ts';
import { usePayersStore } from '../payers/use-payers-store.ts';

export type Whom = 'chosen' | 'all' | 'building' | 'run';
export type OrderCount = ResponseOf<typeof countSlipPasswords>;

/** The contract's limit of one order of chosen payers. */
export const mostChosen = 1000;

export interface Given {
  readonly buildingId?: string | undefined;
  readonly runId?: string | undefined;
}

/** What an order comes to, asked again whenever it changes; of overlapping questions the last one's answer counts. */
function useCount(order: () => SlipPasswordOrder | null) {
  const office = useOfficeStore();
  const count = shallowRef<OrderCount | null>(null);
  const problem = shallowRef<ApiProblem | null>(null);
  let latest = 0;

  async function recount(): Promise<void> {
    const mine = ++latest;
    count.value = null;
    problem.value = null;
    const body = order();
    if (!body) return;
    try {
      const answer = await call(countSlipPasswords, { query: { managerId: office.managerId }, body });
      if (mine === latest) count.value = answer;
    } catch (error) {
      if (mine === latest) problem.value = toProblem(error);
    }
  }

  const stop = watch(order, () => void recount(), { immediate: true });
  onScopeDispose(stop);
  return { count, problem, recount };
}

/** For whom slip passwords are to be issued, and what that comes to. */
export function useRecipients(given: Given) {
  const payers = usePayersStore();
  const chosen = computed(() => [...payers.selected.values()]);
  const first = given.buildingId ? 'building' : given.runId ? 'run' : chosen.value.length > 0 ? 'chosen' : 'all';
  const whom = ref<Whom>(first);
  const buildingId = ref(given.buildingId ?? '');
  const runId = ref(given.runId ?? '');
  /** Whose slip password is good keeps it: what is in drawers and letter boxes stays good. */
  const onlyWithoutValid = ref(false);

  const isTooMany = computed(() => whom.value === 'chosen' && chosen.value.length > mostChosen);

  function named(): SlipPasswordOrder | null {
    if (whom.value === 'all') return { allWithoutAccount: true };
    if (whom.value === 'building') return buildingId.value ? { buildingIds: [buildingId.value] } : null;
    if (whom.value === 'run') return runId.value ? { runId: runId.value } : null;
    if (chosen.value.length === 0 || isTooMany.value) return null;
    return { payerIds: chosen.value.map((payer) => payer.id) };
  }

  /** What to ask for, once it is said for whom. */
  const order = computed<SlipPasswordOrder | null>(() => {
    const order = named();
    return order && onlyWithoutValid.value ? { ...order, onlyWithoutValid: true } : order;
  });

  return { whom, chosen, buildingId, runId, onlyWithoutValid, isTooMany, order, ...useCount(() => order.value) };
}
