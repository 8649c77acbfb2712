import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import type { PrintOrder } from '../../../contract/print-runs.ts';
import { desktop, unwrap } from '../../desktop/index.ts';
import type { PrintProgress } from '../../desktop/index.ts';
import { useTask } from '../../shared/composables/use-task.ts';
import { useOfficeStore } from '../office/use-office-store.ts';

/** What came of it. A file that was not saved was not made either: where to is asked first. */
export interface Printed {
  readonly saved: boolean;
  readonly fileName: string;
  readonly slips: number;
  readonly slipPasswords: boolean;
}

/** Has a file made of the slips and saved, by way of the main process. It is called off when the page is left. */
export function usePrint() {
  const office = useOfficeStore();
  const progress = shallowRef<PrintProgress | null>(null);
  const outcome = shallowRef<Printed | null>(null);
  const isCancelling = ref(false);

  const { run, busy, problem } = useTask(async (order: PrintOrder, slips: number, suggestion: string) => {
    progress.value = { slips, slipsDone: 0 };
    outcome.value = null;
    isCancelling.value = false;
    const print = { order, managerId: office.managerId, fileName: suggestion };
    const { saved, fileName } = unwrap(await desktop().office.savePrintRun(print));
    const slipPasswords = order.slipPasswords ?? false;
    return (outcome.value = { saved, fileName: fileName ?? suggestion, slips, slipPasswords });
  });

  function cancel(): void {
    isCancelling.value = true;
    void desktop().office.cancelPrintRun();
  }

  const isUnderWay = computed(() => busy.value && !isCancelling.value);

  const deafen = desktop().office.onPrintProgress((given) => {
    if (busy.value) progress.value = given;
  });
  onScopeDispose(() => {
    deafen();
    if (isUnderWay.value) cancel();
  });

  return { print: run, cancel, busy, isUnderWay, isCancelling, problem, progress, outcome };
}
