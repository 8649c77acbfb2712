import { onScopeDispose, watch } from 'vue';
import {
  endPayerSession,
  getPayer,
  liftPayerLimits,
  releasePayer,
  revokeSlipPassword,
  updatePayer,
} from '../../../contract/payers.ts';
import type { PayerDetails } from '../../../contract/payers.ts';
import { call } from '../../api/client.ts';
import { useAsk } from '../../shared/composables/use-ask.ts';
import { useOfficeStore } from '../office/use-office-store.ts';
import { usePaletteStore } from '../palette/use-palette-store.ts';
import type { PayerChanges } from './use-payer-edit.ts';
import { usePayersStore } from './use-payers-store.ts';

const longestWait = 24 * 60 * 60 * 1000;

/** One payer with the account that holds it, and what the office can do for the person. */
export function usePayer(id: string) {
  const office = useOfficeStore();
  const store = usePayersStore();
  const input = () => ({ params: { id }, query: { managerId: office.managerId } });
  let timer: ReturnType<typeof setTimeout> | undefined;

  const { answer, problem, waiting, reload } = useAsk(async () => {
    const payer = await call(getPayer, input());
    store.learn(payer);
    usePaletteStore().rememberPayer(payer);
    return payer;
  });

  /** A limit that has run out is no longer shown: the clerk who reads it to the caller must be right. */
  function followLimits({ limits }: PayerDetails): void {
    clearTimeout(timer);
    if (limits.length === 0) return;
    const first = Math.min(...limits.map(({ until }) => Date.parse(until)));
    const wait = Math.min(Math.max(first - Date.now(), 0) + 1000, longestWait);
    timer = setTimeout(() => void reload(), wait);
  }

  watch(answer, (payer) => payer && followLimits(payer));
  onScopeDispose(() => clearTimeout(timer));

  return {
    ...{ payer: answer, problem, waiting, reload },
    endSession: () => call(endPayerSession, input()),
    release: () => call(releasePayer, input()),
    liftLimits: () => call(liftPayerLimits, input()),
    revokePassword: () => call(revokeSlipPassword, input()),
    update: (body: PayerChanges) => call(updatePayer, { ...input(), body }),
  };
}
