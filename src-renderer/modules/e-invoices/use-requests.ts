import { ref, watch } from 'vue';
import { confirmEInvoiceRequest, listEInvoiceRequests, refuseEInvoiceRequest } from '../../../contract/e-invoices.ts';
import type { OfficeRequest } from '../../../contract/e-invoices.ts';
import { call } from '../../api/client.ts';
import { usePages } from '../../shared/composables/use-pages.ts';
import { useOfficeStore } from '../office/use-office-store.ts';

/** Residents' requests at the chosen manager, those that wait or those that were decided. */
export function useRequests() {
  const office = useOfficeStore();
  const state = ref<'open' | 'decided'>('open');
  const managed = () => ({ managerId: office.managerId });

  const pages = usePages((cursor) =>
    call(listEInvoiceRequests, { query: { ...managed(), state: state.value, cursor } }),
  );
  watch(state, () => {
    // Requests of the other state under this heading would be wrong, and stay there if the question failed.
    pages.items.value = [];
    void pages.restart();
  });

  /** Decided, by whomever: it waits no longer. */
  function drop({ id }: OfficeRequest): void {
    pages.items.value = pages.items.value.filter((request) => request.id !== id);
    const page = pages.page.value;
    if (page) pages.page.value = { ...page, open: Math.max(0, page.open - 1) };
  }

  async function confirm(request: OfficeRequest): Promise<void> {
    await call(confirmEInvoiceRequest, { params: { id: request.id }, query: managed() });
    drop(request);
  }

  async function refuse(request: OfficeRequest, reason: string): Promise<void> {
    await call(refuseEInvoiceRequest, { params: { id: request.id }, query: managed(), body: { reason } });
    drop(request);
  }

  return { ...pages, state, confirm, refuse };
}
