import type { z } from 'zod';
import { exportAudit } from '../../contract/audit.ts';
import type { Saved } from '../../contract/desktop/api.ts';
import type { saveListSchema } from '../../contract/desktop/schemas.ts';
import { exportEInvoices } from '../../contract/e-invoices.ts';
import type { Endpoint } from '../../contract/endpoint.ts';
import { downloadFaultyRows } from '../../contract/imports.ts';
import { exportPayers } from '../../contract/payers.ts';
import type { SaveZip } from './save-zip.ts';

type Wanted = z.output<typeof saveListSchema>;

/** What answers with the list. */
const operations: Readonly<Record<Wanted['list'], Endpoint>> = {
  'e-invoices': exportEInvoices,
  payers: exportPayers,
  audit: exportAudit,
  'faulty-rows': downloadFaultyRows,
};

const textOf = (asked: object): [string, string][] =>
  Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));

/** The portal's lists for spreadsheets and other programs, written where the user says. */
export const createLists =
  (save: SaveZip) =>
  ({ list, params, query, fileName }: Wanted): Promise<Saved> =>
    save({
      request: {
        operation: operations[list],
        params: Object.fromEntries(textOf(params)),
        query: new URLSearchParams(textOf(query)),
      },
      fileName,
      kind: 'csv',
    });

export type SaveList = ReturnType<typeof createLists>;
