import type { EInvoicesToSave, Saved } from '../../contract/desktop/api.ts';
import { exportEInvoices } from '../../contract/e-invoices.ts';
import type { SaveZip } from './save-zip.ts';

/** The slips of a run that go out by a channel, for the program that sends e-invoices. */
export const createEInvoices =
  (save: SaveZip) =>
  ({ runId, channel, managerId, fileName }: EInvoicesToSave): Promise<Saved> => {
    const query = new URLSearchParams({ managerId, channel });
    return save({ request: { operation: exportEInvoices, params: { id: runId }, query }, fileName, kind: 'csv' });
  };

export type SaveEInvoices = ReturnType<typeof createEInvoices>;
