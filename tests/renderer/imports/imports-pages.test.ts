import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { getImport, listImports, publishImport } from '../../../contract/imports.ts';
import type { Import } from '../../../contract/imports.ts';
import { getRunRecipients } from '../../../contract/runs.ts';
import { call } from '../../../src-renderer/api/client.ts';
import { idOf, importOf, openApp, press, staffSession, stubDesktop } from '../helpers/office.ts';

vi.mock('../../../src-renderer/api/client.ts', { spy: true });

let bridge: ReturnType<typeof stubDesktop>;
let imported: Import;

beforeEach(() => {
  bridge = stubDesktop();
  vi.mocked(call).mockImplementation((operation: unknown) => {
    if (operation === listImports) return Promise.resolve({ items: [imported], nextCursor: null } as never);
    if (operation === getImport) return Promise.resolve(imported as never);
    if (operation === getRunRecipients)
      return Promise.resolve({ withoutAccount: 10, channels: [{ channel: 'email', slips: 7 }] } as never);
    if (operation === publishImport) return Promise.resolve({ ...imported, state: 'published' } as never);
    return Promise.reject(new Error('not expected'));
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

async function open(path: string) {
  const opened = await openApp(path, staffSession('clerk'));
  await vi.dynamicImportSettled();
  await flushPromises();
  return opened;
}

async function chooseFile(): Promise<void> {
  const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
  const file = new File(['sifra_placnika;placnik\n'], 'oktober.csv', { type: 'text/csv' });
  Object.defineProperty(input, 'files', { value: [file], configurable: true });
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await flushPromises();
}

describe('the page of imports', () => {
  it('sends the file for the chosen manager, shows how far it is and goes on to the import', async () => {
    imported = importOf({ state: 'unchanged', unchangedOf: idOf(3) });
    let done: (given: { ok: true; value: Import }) => void = () => undefined;
    bridge.office.uploadBillingFile.mockReturnValue(new Promise((resolve) => (done = resolve)));
    const { app, router } = await open('/office/imports');
    await chooseFile();
    const [file, managerId] = bridge.office.uploadBillingFile.mock.calls[0]!;
    expect(file.name).toBe('oktober.csv');
    expect(managerId).toBe(idOf(10));

    bridge.office.onUploadProgress.mock.calls[0]![0]({ sent: 2_500_000, total: 10_000_000 });
    await flushPromises();
    expect(document.querySelector('progress')?.value).toBe(2_500_000);
    expect(app.text()).toContain('2,5 od 10,0 MB');

    done({ ok: true, value: imported });
    await flushPromises();
    await vi.dynamicImportSettled();
    await flushPromises();
    expect(router.currentRoute.value.path).toBe(`/office/imports/${imported.id}`);
    expect(app.text()).toContain('Ista datoteka je že naložena');
    expect(app.find(`a[href="/office/imports/${idOf(3)}"]`).exists()).toBe(true);
    app.unmount();
  });

  it('asks before an upload is lost, and calls it off when it is confirmed', async () => {
    imported = importOf({ state: 'draft' });
    bridge.office.uploadBillingFile.mockReturnValue(new Promise(() => undefined));
    const { app, router } = await open('/office/imports');
    await chooseFile();
    const leaving = router.push('/office/payers');
    await flushPromises();
    expect(document.body.textContent).toContain('Prekinemo nalaganje?');
    await press('Prekini in zapusti');
    await leaving;
    expect(bridge.office.cancelUpload).toHaveBeenCalledOnce();
    expect(router.currentRoute.value.name).toBe('payers');
    app.unmount();
  });

  it('says why a file was not taken', async () => {
    imported = importOf({ state: 'draft' });
    bridge.office.uploadBillingFile.mockResolvedValue({
      ok: false,
      problem: { type: 'x', title: 'x', status: 409, code: 'import_running' },
    });
    const { app } = await open('/office/imports');
    await chooseFile();
    expect(app.find('[role=alert]').text()).toContain('Druga datoteka se še preverja');
    app.unmount();
  });
});

describe('the page of an import', () => {
  const fault = { column: 'znesek', value: '12 EUR', rule: 'amount', message: 'To ni znesek.', suggestion: '12,00' };

  it('shows the faults by rule with what is suggested, how many there are, and saves the faulty rows', async () => {
    const other = { ...fault, row: 3, rule: 'date', message: 'To ni datum.', value: '', suggestion: null };
    imported = importOf({
      ...{ state: 'refused', faultCount: 1234, faultyRows: 2 },
      faults: [other, { ...fault, row: 7 }, { ...fault, row: 1007 }],
    });
    bridge.office.saveList.mockResolvedValue({ ok: true, value: { saved: true, fileName: 'napake.csv' } });
    const { app } = await open(`/office/imports/${imported.id}`);
    expect(app.text()).toContain('1.234 napak v datoteki');
    expect(app.text()).toContain('Prikazanih je prvih 3, vseh je 1.234');
    expect(app.text()).toContain('Popravite pa celo datoteko');
    expect(app.findAll('h3').map((head) => head.text())).toEqual(['To ni znesek.', 'To ni datum.']);
    const row = app.findAll('tbody tr')[1]!;
    expect(row.findAll('th, td').map((cell) => cell.text())).toEqual(['1.007', 'znesek', '12 EUR', '12,00']);
    await press('Shrani 2 napačni vrstici (CSV)');
    const wanted = { list: 'faulty-rows', params: { id: imported.id }, query: {}, fileName: 'oktober - napake.csv' };
    expect(bridge.office.saveList).toHaveBeenCalledWith(wanted);
    app.unmount();
  });

  it('publishes only after it has said how many slips residents will see', async () => {
    const runs = [
      { id: idOf(1), period: '2026-10', state: 'draft' as const, slips: 102, totalCents: 5 },
      { id: idOf(2), period: '2026-11', state: 'draft' as const, slips: 1900, totalCents: 5 },
    ];
    imported = importOf({ state: 'draft', runs });
    const { app } = await open(`/office/imports/${imported.id}`);
    await press('Objavi');
    const dialog = document.querySelector('[role=alertdialog]')!;
    expect(dialog.textContent).toContain('Stanovalci bodo videli 2.002 razdelilnika');
    expect(dialog.textContent).toContain('Od tega za registrirane plačnike: 1.982.');
    expect(dialog.textContent).toContain('Po e-pošti jih odide: 14.');
    expect(vi.mocked(call).mock.calls.some(([operation]) => operation === (publishImport as never))).toBe(false);
    await press('Objavi 2.002 razdelilnika');
    expect(vi.mocked(call)).toHaveBeenCalledWith(publishImport, { params: { id: imported.id } });
    expect(app.text()).toContain('objavljen');
    expect(app.text()).not.toContain('Zavrzi osnutek');
    app.unmount();
  });

  it('leads from each of its periods to where it is printed', async () => {
    const runs = [
      { id: idOf(1), period: '2026-10', state: 'published' as const, slips: 102, totalCents: 5 },
      { id: idOf(2), period: '2026-11', state: 'draft' as const, slips: 1900, totalCents: 5 },
    ];
    imported = importOf({ state: 'draft', runs });
    const { app } = await open(`/office/imports/${imported.id}`);
    const links = app.findAll('tbody a').map((link) => [link.text(), link.attributes('href')]);
    expect(links).toEqual([
      ['Poglej razdelilnike: november 2026', `/office/runs/${idOf(2)}`],
      ['Poglej razdelilnike: oktober 2026', `/office/runs/${idOf(1)}`],
    ]);
    app.unmount();
  });

  it('says what stopped a check that the server could not finish', async () => {
    imported = importOf({ state: 'failed', faultCount: 1, faults: [{ ...fault, row: null, message: 'Prekinjeno.' }] });
    const { app } = await open(`/office/imports/${imported.id}`);
    expect(app.find('[role=alert] span').text()).toBe('Prekinjeno.');
    expect(app.find('[role=alert] a').attributes('href')).toBe('/office/imports');
    expect(app.find('table').exists()).toBe(false);
    app.unmount();
  });
});
