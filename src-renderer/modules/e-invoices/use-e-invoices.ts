import { shallowRef, watch } from 'vue';
import { listEInvoices, requestEInvoice, withdrawEInvoiceRequest } from '../../../contract/e-invoices.ts';
import type { ChannelChoice, EInvoice } from '../../../contract/e-invoices.ts';
import { call } from '../../api/client.ts';
import { useAsk } from '../../shared/composables/use-ask.ts';

/** How the person's payers get their bills, and what the person can do about it. */
export function useEInvoices() {
  const { answer, problem, waiting, reload } = useAsk(() => call(listEInvoices));
  const items = shallowRef<readonly EInvoice[]>();
  watch(answer, (given) => (items.value = given?.items));

  const take = (changed: EInvoice) =>
    (items.value = items.value?.map((item) => (item.payerId === changed.payerId ? changed : item)));

  const request = async ({ payerId }: EInvoice, body: ChannelChoice) =>
    take(await call(requestEInvoice, { params: { id: payerId }, body }));

  const withdraw = async ({ payerId }: EInvoice) =>
    take(await call(withdrawEInvoiceRequest, { params: { id: payerId } }));

  return { items, problem, waiting, reload, request, withdraw };
}
