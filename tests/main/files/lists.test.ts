import { expect, test, vi } from 'vitest';
import { saveListSchema } from '../../../contract/desktop/schemas.ts';
import { exportEInvoices } from '../../../contract/e-invoices.ts';
import { exportPayers } from '../../../contract/payers.ts';
import { createLists } from '../../../src-main/files/lists.ts';
import type { SaveZip } from '../../../src-main/files/save-zip.ts';

const id = 'a'.repeat(32);

function asked(wanted: unknown) {
  const save = vi.fn<SaveZip>(() => Promise.resolve({ saved: true, fileName: 'a.csv' }));
  void createLists(save)(saveListSchema.parse(wanted));
  return save.mock.calls[0]![0];
}

test('payers are asked for with the filters of the table', () => {
  const query = { managerId: id, search: 'čopova', hasAccount: 'false' };
  const { request, fileName, kind } = asked({ list: 'payers', params: {}, query, fileName: 'placniki.csv' });
  expect(request.operation).toBe(exportPayers);
  expect(Object.fromEntries(request.query!)).toEqual(query);
  expect({ fileName, kind }).toEqual({ fileName: 'placniki.csv', kind: 'csv' });
});

test("a run's list for another program names the run", () => {
  const query = { managerId: id, channel: 'bizbox' };
  const { request } = asked({ list: 'e-invoices', params: { id }, query, fileName: 'e-racuni.csv' });
  expect(request.operation).toBe(exportEInvoices);
  expect(request.params).toEqual({ id });
  expect(Object.fromEntries(request.query!)).toEqual(query);
});
