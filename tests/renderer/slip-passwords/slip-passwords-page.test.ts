import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listImports } from '../../../contract/imports.ts';
import { listPayers } from '../../../contract/payers.ts';
import { issueSlipPasswords } from '../../../contract/slip-passwords.ts';
import { call } from '../../../src-renderer/api/client.ts';
import { ApiProblem } from '../../../src-renderer/api/problem.ts';
import { usePayersStore } from '../../../src-renderer/modules/payers/use-payers-store.ts';
import { buttonOf, idOf, openApp, payerOf, press, staffSession, stubDesktop, stubLayout } from '../helpers/office.ts';

vi.mock('../../../src-renderer/api/client.ts', { spy: true });

let bridge: ReturnType<typeof stubDesktop>;
let refusal: ApiProblem | null;
const secret = 'K7QM3XRT9WVDT';

beforeEach(() => {
  bridge = stubDesktop();
  stubLayout();
  refusal = null;
  vi.mocked(call).mockReset();
  vi.mocked(call).mockImplementation(((operation: unknown, input: { query: { access?: string } }) => {
    if (operation === listPayers) {
      return Promise.resolve({ items: [], nextCursor: null, total: input.query.access ? 400 : 500 });
    }
    if (operation === listImports) return Promise.resolve({ items: [], nextCursor: null });
    if (refusal) return Promise.reject(refusal);
    const one = { payerCode: '104201', payerName: '=Ime', slipPassword: secret, expiresAt: '2027-02-21T10:00:00.000Z' };
    return Promise.resolve({ batchId: idOf(7), issued: [{ payerId: idOf(1001), ...one }] });
  }) as never);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

async function open() {
  const opened = await openApp('/office/payers', staffSession('admin'));
  await vi.dynamicImportSettled();
  await flushPromises();
  return opened;
}

async function openChosen(...payers: readonly ReturnType<typeof payerOf>[]) {
  const opened = await open();
  usePayersStore().select(payers, true);
  await opened.router.push('/office/slip-passwords');
  await vi.dynamicImportSettled();
  await flushPromises();
  return opened;
}

const issues = () => vi.mocked(call).mock.calls.filter(([operation]) => operation === (issueSlipPasswords as never));

async function showList(): Promise<void> {
  await press('Izdaj in pokaži seznam');
  await press('Izdaj 1 geslo');
}

describe('issuing slip passwords', () => {
  it('offers all without an account, by their number, when nobody is chosen', async () => {
    const { app } = await openChosen();
    expect(app.find<HTMLInputElement>('input[value=all]').element.checked).toBe(true);
    expect(app.text()).toContain('100 plačnikov');
    await press('Izdaj in pokaži seznam');
    expect(issues()).toEqual([]);
    await press('Izdaj 100 gesel');
    expect(issues()[0]?.[1]).toEqual({ query: { managerId: idOf(10) }, body: { allWithoutAccount: true } });
    app.unmount();
  });

  it('can ask again how many have no account, in place', async () => {
    const answers = vi.mocked(call).getMockImplementation();
    vi.mocked(call).mockImplementation((() => Promise.reject(new ApiProblem({ code: 'offline' }))) as never);
    const { app } = await openChosen();
    expect(app.text()).toContain('Portala ne dosežemo.');
    expect(app.find('.skeleton').exists()).toBe(false);
    expect(buttonOf('Izdaj in pokaži seznam').disabled).toBe(true);
    vi.mocked(call).mockImplementation(answers!);
    await press('Poskusi znova');
    expect(app.text()).toContain('100 plačnikov');
    app.unmount();
  });

  it('sends the chosen payers and forgets the selection once their passwords are issued', async () => {
    const { app } = await openChosen(payerOf(1));
    await showList();
    expect(issues()[0]?.[1]).toEqual({ query: { managerId: idOf(10) }, body: { payerIds: [idOf(1001)] } });
    expect(usePayersStore().selected.size).toBe(0);
    app.unmount();
  });

  it('issues none for who is registered, and leaves them out on demand', async () => {
    const { app } = await openChosen(payerOf(1), payerOf(2, { access: 'registered' }));
    expect(buttonOf('Izdaj in shrani pisma').disabled).toBe(true);
    expect(app.text()).toContain('1 izbrani plačnik je že registriran');
    await press('Izpusti registrirane');
    expect(buttonOf('Izdaj in shrani pisma').disabled).toBe(false);
    app.unmount();
  });

  it('issues for at most a thousand chosen payers at a time', async () => {
    const { app } = await openChosen(...Array.from({ length: 1001 }, (_, at) => payerOf(at)));
    expect(buttonOf('Izdaj in pokaži seznam').disabled).toBe(true);
    expect(app.text()).toContain('največ 1.000');
    app.unmount();
  });

  it('says in the words of the office that somebody has registered meanwhile', async () => {
    refusal = new ApiProblem({ code: 'payer_taken' });
    const { app } = await openChosen(payerOf(1));
    await showList();
    expect(app.find('[role=alert]').text()).toContain('se je medtem registriral');
    expect(usePayersStore().selected.size).toBe(1);
    app.unmount();
  });

  it('tells where the letters are, and that none were issued when no place was chosen', async () => {
    bridge.office.saveLetters.mockResolvedValueOnce({ ok: true, value: { saved: false, fileName: null } });
    bridge.office.saveLetters.mockResolvedValueOnce({ ok: true, value: { saved: true, fileName: 'pisma.pdf' } });
    const { app } = await openChosen(payerOf(1));
    await press('Izdaj in shrani pisma');
    await press('Izdaj 1 geslo');
    expect(app.text()).toContain('gesla niso bila izdana');
    expect(usePayersStore().selected.size).toBe(1);
    await press('Izdaj in shrani pisma');
    await press('Izdaj 1 geslo');
    expect(bridge.office.saveLetters).toHaveBeenLastCalledWith({ payerIds: [idOf(1001)] }, idOf(10));
    expect(app.text()).toContain('je v datoteki pisma.pdf');
    app.unmount();
  });
});

describe('the list that is shown once', () => {
  it('shows the passwords in groups and saves them safe against formulas', async () => {
    bridge.documents.saveText.mockResolvedValue({ ok: true, value: { saved: true, fileName: 'gesla.csv' } });
    const { app } = await openChosen(payerOf(1));
    await showList();
    expect(app.find('tbody').text()).toContain('K7QM-3XRT-9WVDT');
    await press('Shrani seznam (CSV)');
    expect(bridge.documents.saveText.mock.calls[0]![0].text).toContain("104201;'=Ime;K7QM-3XRT-9WVDT;21. 2. 2027");
    app.unmount();
  });

  it('is not left without being asked, and stays when the answer is no', async () => {
    const { app, router } = await openChosen(payerOf(1));
    await showList();
    const leaving = router.push('/office/imports');
    await flushPromises();
    expect(document.body.textContent).toContain('Gesel ne boste več videli');
    await press('Prekliči');
    await leaving;
    expect(router.currentRoute.value.name).toBe('slip-passwords');
    expect(app.text()).toContain('K7QM-3XRT-9WVDT');
    app.unmount();
  });

  it('is left when that is confirmed, and the passwords are nowhere any more', async () => {
    const { app, router } = await openChosen(payerOf(1));
    await showList();
    const leaving = router.push('/office/payers');
    await flushPromises();
    await press('Zapusti stran');
    await leaving;
    await flushPromises();
    expect(router.currentRoute.value.name).toBe('payers');
    await router.push('/office/slip-passwords');
    await flushPromises();
    expect(document.body.innerHTML).not.toContain('K7QM');
    app.unmount();
  });

  it('is left without a question once it is saved to a file', async () => {
    bridge.documents.saveText.mockResolvedValue({ ok: true, value: { saved: true, fileName: 'gesla.csv' } });
    const { app, router } = await openChosen(payerOf(1));
    await showList();
    await press('Shrani seznam (CSV)');
    await router.push('/office/payers');
    expect(router.currentRoute.value.name).toBe('payers');
    app.unmount();
  });

  it('guards every list, also the second one on the same page', async () => {
    const { app, router } = await openChosen();
    for (let time = 1; time <= 2; time++) {
      await press('Izdaj in pokaži seznam');
      await press('Izdaj 100 gesel');
      await press('Končano');
      await press('Zapusti stran');
      expect(app.text()).not.toContain('K7QM');
    }
    expect(router.currentRoute.value.name).toBe('slip-passwords');
    app.unmount();
  });
});

describe('who is no admin of the chosen manager', () => {
  it('is told whom to ask', async () => {
    const { app, router } = await openApp('/office/imports', staffSession('clerk', 'admin'));
    await router.push('/office/slip-passwords');
    await vi.dynamicImportSettled();
    await flushPromises();
    expect(app.text()).toContain('To je za administratorje');
    expect(app.find('main form, main fieldset').exists()).toBe(false);
    app.unmount();
  });
});
