import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import type { ResponseOf } from '../../../contract/endpoint.ts';
import { issueSlipPasswords } from '../../../contract/slip-passwords.ts';
import type { SlipPasswordOrder } from '../../../contract/slip-passwords.ts';
import { call } from '../../api/client.ts';
import { desktop, unwrap } from '../../desktop/index.ts';
import type { SlipPasswordProgress } from '../../desktop/index.ts';
import { useTask } from '../../shared/composables/use-task.ts';
import { useOfficeStore } from '../office/use-office-store.ts';

export type IssuedPassword = ResponseOf<typeof issueSlipPasswords>['issued'][number];

/** As a file of letters, as a file for spreadsheets, or on the screen. */
export type Way = 'letters' | 'list' | 'screen';

/** What came of it. A file that was not saved holds no passwords either: where to is asked first. */
export type Outcome =
  | { readonly way: 'letters' | 'list'; readonly saved: boolean; readonly fileName: string }
  | { readonly way: 'screen'; readonly issued: readonly IssuedPassword[] };

export interface Wanted {
  readonly order: SlipPasswordOrder;
  readonly way: Way;
  /** How many there will be. */
  readonly count: number;
  readonly fileName: string;
}

/** Issues slip passwords. What is shown is kept here alone, and only as long as the page is open. */
export function useIssue() {
  const office = useOfficeStore();
  const outcome = shallowRef<Outcome | null>(null);
  const progress = shallowRef<SlipPasswordProgress | null>(null);
  const isCancelling = ref(false);

  const { run, busy, problem } = useTask(async (wanted: Wanted) => {
    outcome.value = null;
    isCancelling.value = false;
    progress.value = wanted.way === 'screen' ? null : { payers: wanted.count, issued: 0 };
    outcome.value = wanted.way === 'screen' ? await list(wanted.order) : await save(wanted, wanted.way);
    return outcome.value;
  });

  async function save({ order, fileName }: Wanted, form: 'letters' | 'list'): Promise<Outcome> {
    const wanted = { order, form, managerId: office.managerId, fileName };
    const saved = unwrap(await desktop().office.saveSlipPasswords(wanted));
    return { way: form, saved: saved.saved, fileName: saved.fileName ?? fileName };
  }

  async function list(order: SlipPasswordOrder): Promise<Outcome> {
    const { issued } = await call(issueSlipPasswords, { query: { managerId: office.managerId }, body: order });
    return { way: 'screen', issued };
  }

  function cancel(): void {
    isCancelling.value = true;
    void desktop().office.cancelSlipPasswords();
  }

  const isSaving = computed(() => busy.value && progress.value !== null && !isCancelling.value);
  const deafen = desktop().office.onSlipPasswordProgress((given) => {
    if (busy.value) progress.value = given;
  });
  onScopeDispose(() => {
    deafen();
    if (isSaving.value) cancel();
  });

  const forget = () => (outcome.value = null);

  return { issue: run, busy, problem, outcome, forget, progress, isSaving, isCancelling, cancel };
}
