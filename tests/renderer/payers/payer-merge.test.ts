import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { getPayerEInvoice } from '../../../contract/e-invoices.ts';
import {
  getPayer,
  listPayerEvents,
  listPayerMails,
  listPayers,
  listPayerSlips,
  mergePayers,
  previewMerge,
} from '../../../contract/payers.ts';
import { usePayersStore } from '../../../src-renderer/modules/payers/use-payers-store.ts';
import {
  idOf,
  openApp,
  payerDetailsOf,
  payerOf,
  press,
  staffSession,
  stubDesktop,
  stubLayout,
} from '../helpers/office.ts';
import { answerOperations } from '../helpers/operations.ts';
import { dialog, labelled, screen, toasts } from '../helpers/own-account.ts';

vi.mock('../../../src-renderer/api/client.ts', { spy: true });

const account = {
  ...{ firstName: 'Ana', lastName: 'Novak', email: 'ana@primer.si', emailConfirmed: true },
  ...{ linkedAt: '2026-11-01T10:00:00.000Z', lastUsedAt: null, lostMail: null },
};
const one = payerDetailsOf(1, { account, access: 'registered' });
const two = payerDetailsOf(2, { street: 'Dunajska 1' });
const managerId = idOf(10);
const moved = { slips: 2, movesAccount: true, slipPasswords: 1, requests: 0 };
const none = { items: [], nextCursor: null };

let portal: ReturnType<typeof answerOperations>;

beforeEach(() => {
  stubDesktop();
  stubLayout();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  portal = answerOperations();
  portal.answer(getPayer, ({ params }) => (params?.id === one.id ? one : two));
  portal.answer(listPayers, () => ({ items: [payerOf(1), payerOf(2)], nextCursor: null, total: 2 }));
  portal.answer(previewMerge, () => moved);
  portal.answer(getPayerEInvoice, () => new Promise(() => undefined));
  for (const list of [listPayerSlips, listPayerMails, listPayerEvents]) portal.answer(list, () => none);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

async function settle(): Promise<void> {
  await vi.dynamicImportSettled();
  await flushPromises();
}

async function open() {
  const opened = await openApp(`/office/payers/${one.id}/merge`, staffSession('clerk'));
  await settle();
  return opened;
}

const optionsOf = () => [...document.querySelectorAll<HTMLElement>('[role=option]')];

/** Finds the other payer by typing and chooses it. */
async function chooseOther(typed = 'ime 2'): Promise<void> {
  const field = labelled('S kom združimo plačnika Priimek Ime 1 (104201)?');
  field.focus();
  field.value = typed;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await vi.advanceTimersByTimeAsync(200);
  await flushPromises();
  optionsOf()[0]!.click();
  // The list closes some frames later, and takes the focus along.
  for (let frame = 0; frame < 3 || (frame < 100 && optionsOf().length > 0); frame++) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await flushPromises();
  }
}

/** Asks for the merge: the list of the choice above may still be closing, and takes the first click then. */
async function askToMerge(): Promise<void> {
  for (let tries = 0; tries < 20 && !dialog(); tries++) {
    await press('Združi plačnika');
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await flushPromises();
  }
}

it('the other payer is found by what is typed; the payer itself is not among them', async () => {
  const { app } = await open();
  await chooseOther();
  expect(portal.asked(listPayers).at(-1)?.query).toEqual({ managerId, search: 'ime 2', limit: 20 });
  expect(labelled('S kom združimo plačnika Priimek Ime 1 (104201)?').value).toBe('Priimek Ime 2 (104202)');
  app.unmount();
});

it('the two stand side by side, with what differs marked and what would move', async () => {
  const { app } = await open();
  await chooseOther();
  expect(portal.asked(previewMerge)).toEqual([{ params: { id: one.id }, query: { managerId }, body: { intoId: two.id } }]); // prettier-ignore
  const rows = app.findAll('tbody tr.row').map((row) => [row.text(), row.classes('differs')]);
  expect(rows[0]).toEqual(['Šifra104202104201', true]);
  expect(rows.find(([text]) => String(text).startsWith('eRačun'))?.[1]).toBe(false);
  expect(screen()).toMatch(
    /Kaj gre k plačniku 104202.*2 razdelilnika\..*Ana Novak.*1 geslo z razdelilnika preneha veljati\./s,
  );
  expect(screen()).toContain('Tega ni mogoče razveljaviti');
  expect(screen()).toContain('spet navede šifro 104201');
  app.unmount();
});

it('who stays can be turned round: what would move is asked anew', async () => {
  const { app } = await open();
  await chooseOther();
  document.querySelector<HTMLInputElement>('input[name=staying][value=this]')!.click();
  await flushPromises();
  expect(portal.asked(previewMerge).at(-1)).toMatchObject({ params: { id: two.id }, body: { intoId: one.id } });
  expect(app.findAll('tbody tr.row')[0]!.text()).toBe('Šifra104201104202');
  app.unmount();
});

it('is done after a question, and leads to the payer that stays', async () => {
  portal.answer(mergePayers, () => two);
  const { app, router } = await open();
  usePayersStore().select([payerOf(1), payerOf(2)], true);
  await chooseOther();
  await askToMerge();
  expect(dialog()?.textContent).toContain('Priimek Ime 1 (104201) se pripoji k Priimek Ime 2 (104202) in izgine.');
  expect(portal.asked(mergePayers)).toEqual([]);
  [...dialog()!.querySelectorAll('button')].at(-1)!.click();
  await settle();
  expect(portal.asked(mergePayers)).toEqual([{ params: { id: one.id }, query: { managerId }, body: { intoId: two.id } }]); // prettier-ignore
  expect(router.currentRoute.value).toMatchObject({ name: 'payer', params: { id: two.id } });
  expect(toasts()).toEqual(['Plačnika sta združena: Priimek Ime 2 (104202)']);
  expect([...usePayersStore().selected.keys()]).toEqual([two.id]);
  app.unmount();
});

it('two people cannot be merged: it says why and offers no merge', async () => {
  portal.refuse(previewMerge, 'merge_refused');
  const { app } = await open();
  await chooseOther();
  expect(app.find('[role=alert]').text()).toMatch(/\S{3}/);
  expect(screen()).not.toContain('Tega ni mogoče razveljaviti');
  portal.answer(previewMerge, () => moved);
  await press('Poskusi znova');
  expect(screen()).toContain('Tega ni mogoče razveljaviti');
  app.unmount();
});

it('stays where it is when the merge fails, and says why', async () => {
  portal.refuse(mergePayers, 'offline');
  const { app, router } = await open();
  await chooseOther();
  await askToMerge();
  [...dialog()!.querySelectorAll('button')].at(-1)!.click();
  await settle();
  expect(dialog()?.textContent).toContain('Portala ne dosežemo.');
  expect(router.currentRoute.value.name).toBe('payer-merge');
  app.unmount();
});
