import { shallowRef, watch } from 'vue';
import { getPayerEInvoice, setPayerChannel } from '../../../contract/e-invoices.ts';
import type { ChannelChoice, EInvoice } from '../../../contract/e-invoices.ts';
import { call } from '../../api/client.ts';
import { useAsk } from '../../shared/composables/use-ask.ts';
import { useOfficeStore } from '../office/use-office-store.ts';

/** A payer's channel, its history and what the resident asks for. */
export function usePayerEInvoice(payerId: string) {
  const office = useOfficeStore();
  const input = () => ({ params: { id: payerId }, query: { managerId: office.managerId } });
  const { answer, problem, waiting, reload } = useAsk(() => call(getPayerEInvoice, input()));
  const eInvoice = shallowRef<EInvoice | null>(null);
  watch(answer, (given) => (eInvoice.value = given));

  async function setChannel(body: ChannelChoice): Promise<void> {
    eInvoice.value = await call(setPayerChannel, { ...input(), body });
  }

  return { eInvoice, problem, waiting, reload, setChannel };
}
