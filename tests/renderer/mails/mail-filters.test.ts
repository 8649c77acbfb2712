import { flushPromises } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { countFailedMails, listMails, retryMails, type Mail } from '../../../contract/mails.ts';
import { useToastStore } from '../../../src-renderer/shared/components/use-toast-store.ts';
import { buttonOf, idOf, openApp, press, staffSession, stubDesktop } from '../helpers/office.ts';
import { answerOperations } from '../helpers/operations.ts';
import { field, type } from '../helpers/page.ts';

vi.mock('../../../src-renderer/api/client.ts', { spy: true });

const failed: Mail = {
  ...{ id: idOf(701), kind: 'new-slip', state: 'failed', to: 'oseba@primer.si', subject: 'Nov razdelilnik' },
  ...{ createdAt: '2026-11-20T08:00:00.000Z', sentAt: null, failedAt: '2026-11-22T08:00:00.000Z', tries: 7 },
  ...{ lastError: '550 5.1.1 User unknown', payerId: null },
};

let portal: ReturnType<typeof answerOperations>;
let found: Mail[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  stubDesktop();
  portal = answerOperations();
  found = [failed];
  portal.answer(listMails, () => ({ items: found, nextCursor: null }));
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

async function open() {
  const { app } = await openApp('/office/mails', staffSession('clerk'));
  await vi.dynamicImportSettled();
  await flushPromises();
  return app as VueWrapper;
}

/** The pause is over after which what was typed counts. */
async function pause(): Promise<void> {
  await vi.advanceTimersByTimeAsync(300);
  await flushPromises();
}

const lastQuery = () => portal.asked(listMails).at(-1)?.query;
const toasts = () => useToastStore().toasts.map(({ text }) => text);
const dialog = () => document.querySelector('[role=alertdialog],[role=dialog]');

/** The row's own button has the same words. */
async function confirm(): Promise<void> {
  const buttons = [...(dialog()?.querySelectorAll('button') ?? [])];
  buttons.find(({ textContent }) => textContent?.trim() === 'Pošlji znova')!.click();
  await flushPromises();
}

async function choose(label: string, value: string): Promise<void> {
  const labels = [...document.querySelectorAll('label')];
  const of = labels.find(({ textContent }) => textContent?.trim() === label)?.getAttribute('for');
  const select = document.getElementById(of ?? '') as HTMLSelectElement;
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await flushPromises();
}

async function showFailed(): Promise<void> {
  document.querySelector<HTMLInputElement>('input[name=state][value="failed"]')!.click();
  await flushPromises();
}

describe('the filters of the mails', () => {
  it('ask once for what was typed, when nothing more comes', async () => {
    const app = await open();
    const before = portal.asked(listMails).length;
    await type(app, 'Išči po naslovu ali zadevi', 'no');
    await type(app, 'Išči po naslovu ali zadevi', 'novak ');
    expect(portal.asked(listMails)).toHaveLength(before);
    await pause();
    expect(portal.asked(listMails)).toHaveLength(before + 1);
    expect(lastQuery()).toMatchObject({ managerId: idOf(10), search: 'novak' });
    app.unmount();
  });

  it('choose a kind, but none that is between the portal and a person alone', async () => {
    const app = await open();
    await choose('Vrsta sporočila', 'new-slip');
    expect(lastQuery()).toMatchObject({ kind: 'new-slip' });
    const values = [...document.querySelectorAll<HTMLOptionElement>('option')].map(({ value }) => value);
    expect(values).toContain('new-slip');
    for (const personal of ['password-reset', 'email-code', 'second-factor']) expect(values).not.toContain(personal);
    app.unmount();
  });

  it('go together with the state', async () => {
    const app = await open();
    await showFailed();
    await choose('Vrsta sporočila', 'new-slip');
    expect(lastQuery()).toMatchObject({ state: 'failed', kind: 'new-slip' });
    app.unmount();
  });

  it('are taken away at once when nothing fits them', async () => {
    const app = await open();
    found = [];
    await type(app, 'Išči po naslovu ali zadevi', 'nikogar');
    await pause();
    expect(app.text()).toContain('Takih sporočil ni');
    found = [failed];
    await press('Pokaži vsa');
    expect(lastQuery()).not.toHaveProperty('search');
    expect(field(app, 'Išči po naslovu ali zadevi').value).toBe('');
    expect(app.text()).toContain('oseba@primer.si');
    app.unmount();
  });
});

describe('sending all failed mails again', () => {
  const counted = (retryable: number, tooOld: number) => portal.answer(countFailedMails, () => ({ retryable, tooOld }));

  it('is offered among the failed ones only', async () => {
    const app = await open();
    expect(() => buttonOf('Pošlji znova vsa neposlana')).toThrow();
    await showFailed();
    expect(buttonOf('Pošlji znova vsa neposlana')).toBeTruthy();
    app.unmount();
  });

  it('says how many these are and which stay, sends those that are looked for, and shows how it stands', async () => {
    counted(12, 3);
    portal.answer(retryMails, () => ({ retried: 12 }));
    const app = await open();
    await showFailed();
    await choose('Vrsta sporočila', 'new-slip');
    await press('Pošlji znova vsa neposlana');
    expect(dialog()?.textContent).toContain('Znova pošljemo 12 sporočil.');
    expect(dialog()?.textContent).toContain('3 so prestara in jih ni mogoče poslati.');
    expect(portal.asked(retryMails)).toEqual([]);
    found = [];
    await confirm();
    expect(portal.asked(countFailedMails)).toEqual([{ query: { managerId: idOf(10), kind: 'new-slip' } }]);
    expect(portal.asked(retryMails)).toEqual([{ query: { managerId: idOf(10) }, body: { kind: 'new-slip' } }]);
    expect(toasts()).toContain('12 sporočil je znova na poti.');
    expect(dialog()).toBeNull();
    expect(app.text()).not.toContain('oseba@primer.si');
    app.unmount();
  });

  it('asks nothing when all are too old', async () => {
    counted(0, 3);
    const app = await open();
    await showFailed();
    await press('Pošlji znova vsa neposlana');
    expect(dialog()).toBeNull();
    expect(toasts()).toEqual(['Med izbranimi ni sporočil, ki bi jih bilo mogoče poslati znova.']);
    app.unmount();
  });

  it('leaves the question open when the portal cannot be reached', async () => {
    counted(2, 0);
    portal.refuse(retryMails, 'offline');
    const app = await open();
    await showFailed();
    await press('Pošlji znova vsa neposlana');
    await confirm();
    expect(dialog()?.textContent).toContain('Portala ne dosežemo.');
    app.unmount();
  });
});
