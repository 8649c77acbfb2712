import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listBuildings, listPayers } from '../../../contract/payers.ts';
import {
  countSlipPasswords,
  getSlipPasswordStanding,
  issueSlipPasswords,
  listBuildingStandings,
  listSlipPasswordBatches,
  revokeSlipPasswordBatch,
} from '../../../contract/slip-passwords.ts';
import type { SlipPasswordOrder } from '../../../contract/slip-passwords.ts';
import { call } from '../../../src-renderer/api/client.ts';
import { ApiProblem } from '../../../src-renderer/api/problem.ts';
import { usePayersStore } from '../../../src-renderer/modules/payers/use-payers-store.ts';
import { buttonOf, idOf, openApp, payerOf, press, staffSession, stubDesktop, stubLayout } from '../helpers/office.ts';

vi.mock('../../../src-renderer/api/client.ts', { spy: true });

let bridge: ReturnType<typeof stubDesktop>;
let refusal: ApiProblem | null;
const secret = 'K7QM3XRT9WVDT';

const standing = { payers: 500, registered: 400, issued: 20, expired: 10, none: 70, unreached: 60 };
const building = { id: idOf(31), name: 'Čopova ulica 5', payers: 40, registered: 30, issued: 4, expired: 1, none: 5 };
const batch = {
  ...{ id: idOf(41), form: 'letters', whom: 'all', state: 'done', issuedBy: 'Ana Novak', payers: 90, issued: 90 },
  ...{ issuedAt: '2026-11-02T08:00:00.000Z', expiresAt: '2027-01-01T08:00:00.000Z' },
  ...{ used: 60, revoked: 5, expired: 0, valid: 25 },
};

/** All without an account are a hundred, of whom twenty have a good one; who was chosen has none. */
function countOf(order: SlipPasswordOrder) {
  const chosen = 'payerIds' in order ? order.payerIds.length : null;
  const voids = chosen === null && !order.onlyWithoutValid ? 20 : 0;
  const issues = chosen ?? (order.onlyWithoutValid ? 80 : 100);
  const expiresAt = '2027-02-21T10:00:00.000Z';
  return {
    payers: chosen ?? 500,
    withAccount: chosen === null ? 400 : 0,
    withValid: chosen === null ? 20 : 0,
    issues,
    voids,
    incompleteAddresses: 0,
    expiresAt,
  };
}

beforeEach(() => {
  bridge = stubDesktop();
  stubLayout();
  refusal = null;
  vi.mocked(call).mockReset();
  vi.mocked(call).mockImplementation(((operation: unknown, input: { body?: SlipPasswordOrder }) => {
    const none = { items: [], nextCursor: null };
    if (operation === listPayers) return Promise.resolve({ ...none, total: 500 });
    if (operation === getSlipPasswordStanding) return Promise.resolve(standing);
    if (operation === listBuildingStandings) return Promise.resolve({ ...none, items: [building] });
    if (operation === listBuildings) return Promise.resolve({ ...none, items: [{ ...building, payers: 40 }] });
    if (operation === listSlipPasswordBatches) return Promise.resolve({ ...none, items: [batch] });
    if (operation === revokeSlipPasswordBatch) return Promise.resolve(batch);
    if (operation === countSlipPasswords) return Promise.resolve(countOf(input.body!));
    if (operation !== issueSlipPasswords) return Promise.resolve(none);
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
  it('offers all without an account, says how many and what it voids, and leaves good ones alone on demand', async () => {
    const { app } = await openChosen();
    expect(app.find<HTMLInputElement>('input[value=all]').element.checked).toBe(true);
    expect(app.text()).toContain('Izdali bomo 100 gesel.');
    expect(app.text()).toContain('20 gesel, ki še veljajo, takoj preneha veljati');
    expect(app.text()).toContain('400 plačnikov je že registriranih');
    await app.find('input[type=checkbox]').setValue(true);
    await flushPromises();
    expect(app.text()).toContain('20 veljavnih gesel ostane veljavnih');
    await press('Izdaj in pokaži seznam');
    expect(issues()).toEqual([]);
    await press('Izdaj 80 gesel');
    const body = { allWithoutAccount: true, onlyWithoutValid: true };
    expect(issues()[0]?.[1]).toEqual({ query: { managerId: idOf(10) }, body });
    app.unmount();
  });

  it('can ask again what it comes to, in place', async () => {
    const answers = vi.mocked(call).getMockImplementation();
    vi.mocked(call).mockImplementation((() => Promise.reject(new ApiProblem({ code: 'offline' }))) as never);
    const { app } = await openChosen();
    expect(app.text()).toContain('Portala ne dosežemo.');
    expect(buttonOf('Izdaj in pokaži seznam').disabled).toBe(true);
    vi.mocked(call).mockImplementation(answers!);
    await app.find('input[type=checkbox]').setValue(true);
    await flushPromises();
    expect(app.text()).toContain('Izdali bomo 80 gesel.');
    app.unmount();
  });

  it('sends the chosen payers and forgets the selection once their passwords are issued', async () => {
    const { app } = await openChosen(payerOf(1));
    await showList();
    expect(issues()[0]?.[1]).toEqual({ query: { managerId: idOf(10) }, body: { payerIds: [idOf(1001)] } });
    expect(usePayersStore().selected.size).toBe(0);
    app.unmount();
  });

  it('is opened for a building by its link', async () => {
    const { app, router } = await open();
    await router.push({ name: 'slip-passwords', query: { buildingId: idOf(31) } });
    await vi.dynamicImportSettled();
    await flushPromises();
    expect(app.find<HTMLInputElement>('input[value=building]').element.checked).toBe(true);
    await press('Izdaj in pokaži seznam');
    await press('Izdaj 100 gesel');
    expect(issues()[0]?.[1]).toMatchObject({ body: { buildingIds: [idOf(31)] } });
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
    bridge.office.saveSlipPasswords.mockResolvedValueOnce({ ok: true, value: { saved: false, fileName: null } });
    bridge.office.saveSlipPasswords.mockResolvedValueOnce({ ok: true, value: { saved: true, fileName: 'pisma.pdf' } });
    const { app } = await openChosen(payerOf(1));
    await press('Izdaj in shrani pisma');
    await press('Izdaj 1 geslo');
    expect(app.text()).toContain('gesla niso bila izdana');
    expect(usePayersStore().selected.size).toBe(1);
    await press('Izdaj in shrani pisma');
    await press('Izdaj 1 geslo');
    expect(bridge.office.saveSlipPasswords).toHaveBeenLastCalledWith(
      expect.objectContaining({ order: { payerIds: [idOf(1001)] }, form: 'letters', managerId: idOf(10) }),
    );
    expect(app.text()).toContain('je v datoteki pisma.pdf');
    app.unmount();
  });
});

describe('a file that is being written', () => {
  it('shows how far it is, can be stopped, and is not left without being asked', async () => {
    const { promise, resolve } = Promise.withResolvers<Awaited<ReturnType<typeof bridge.office.saveSlipPasswords>>>();
    bridge.office.saveSlipPasswords.mockReturnValue(promise);
    const { app, router } = await openChosen();
    await press('Izdaj in shrani seznam');
    await press('Izdaj 100 gesel');
    bridge.office.onSlipPasswordProgress.mock.calls.at(-1)![0]({ payers: 100, issued: 60 });
    await flushPromises();
    expect(app.text()).toContain('Izdanih 60 od 100.');
    const leaving = router.push('/office/mails');
    await flushPromises();
    expect(document.body.textContent).toContain('Datoteka ne bo cela');
    await press('Prekliči');
    await leaving;
    expect(bridge.office.cancelSlipPasswords).not.toHaveBeenCalled();
    await press('Prekini');
    expect(bridge.office.cancelSlipPasswords).toHaveBeenCalledTimes(1);
    resolve({ ok: false, problem: new ApiProblem({ code: 'letters_lost' }) as never });
    await flushPromises();
    expect(app.find('[role=alert]').exists()).toBe(true);
    app.unmount();
  });
});

describe('how registration stands', () => {
  it('is told for all and by building, and leads to the payers', async () => {
    const { app, router } = await openChosen();
    expect(app.text()).toContain('80 od 500 plačnikov potrebuje geslo');
    expect(app.findAll('.legend a').map((link) => link.attributes('href'))).toEqual(
      expect.arrayContaining([expect.stringContaining('access=none')]),
    );
    const row = app.findAll('tbody tr').find((one) => one.text().includes('Čopova ulica 5'))!;
    expect(row.text()).toMatch(/75\s%/);
    await row.find('a').trigger('click');
    await flushPromises();
    expect(router.currentRoute.value.name).toBe('payers');
    app.unmount();
  });

  it('revokes a batch whose letters were lost, once that is confirmed', async () => {
    const { app } = await openChosen();
    const row = app.findAll('tbody tr').find((one) => one.text().includes('Vsi neregistrirani'))!;
    await row.find('button').trigger('click');
    await flushPromises();
    expect(document.body.textContent).toContain('25 neuporabljenih gesel');
    const revocations = () => vi.mocked(call).mock.calls.filter(([one]) => one === (revokeSlipPasswordBatch as never));
    expect(revocations()).toEqual([]);
    await press('Prekliči 25 gesel');
    expect(revocations()[0]?.[1]).toMatchObject({ params: { id: idOf(41) } });
    app.unmount();
  });
});

describe('the list that is shown once', () => {
  it('shows the passwords in groups and saves them safe against formulas', async () => {
    bridge.documents.saveText.mockResolvedValue({ ok: true, value: { saved: true, fileName: 'gesla.csv' } });
    const { app } = await openChosen(payerOf(1));
    await showList();
    expect(app.text()).toContain('K7QM-3XRT-9WVDT');
    await press('Shrani seznam (CSV)');
    expect(bridge.documents.saveText.mock.calls[0]![0].text).toContain("104201;'=Ime;K7QM-3XRT-9WVDT;21. 2. 2027");
    app.unmount();
  });

  it('is not left without being asked, and stays when the answer is no', async () => {
    const { app, router } = await openChosen(payerOf(1));
    await showList();
    const leaving = router.push('/office/mails');
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
    const { app, router } = await openApp('/office/mails', staffSession('clerk', 'admin'));
    await router.push('/office/slip-passwords');
    await vi.dynamicImportSettled();
    await flushPromises();
    expect(app.text()).toContain('To je za administratorje');
    expect(app.find('main form, main fieldset').exists()).toBe(false);
    app.unmount();
  });
});
