import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listMails, retryMail, type Mail } from '../../../contract/mails.ts';
import { useToastStore } from '../../../src-renderer/shared/components/use-toast-store.ts';
import { buttonOf, idOf, openApp, press, staffSession, stubDesktop } from '../helpers/office.ts';
import { answerOperations } from '../helpers/operations.ts';

vi.mock('../../../src-renderer/api/client.ts', { spy: true });

const day = 24 * 60 * 60 * 1000;
const ago = (days: number): string => new Date(Date.now() - days * day).toISOString();

const mailOf = (number: number, more: Partial<Mail> = {}): Mail => ({
  id: idOf(700 + number),
  kind: 'new-slip',
  state: 'sent',
  to: `oseba${number}@primer.si`,
  subject: 'Nov razdelilnik',
  createdAt: ago(1),
  sentAt: ago(1),
  failedAt: null,
  tries: 1,
  lastError: null,
  payerId: null,
  ...more,
});

const failedMail = (number: number, more: Partial<Mail> = {}): Mail =>
  mailOf(number, {
    ...{ state: 'failed', sentAt: null, failedAt: ago(0), tries: 7, lastError: '550 5.1.1 User unknown' },
    ...more,
  });

let portal: ReturnType<typeof answerOperations>;
let mails: Mail[];

/** The portal: pages of two. */
function page({ query = {} }: { readonly query?: Record<string, unknown> }) {
  const hits = mails.filter((mail) => query.state === undefined || mail.state === query.state);
  const from = Number(query.cursor ?? 0);
  const to = from + Number(query.limit ?? 2);
  return { items: hits.slice(from, to), nextCursor: to < hits.length ? String(to) : null };
}

beforeEach(() => {
  stubDesktop();
  portal = answerOperations();
  mails = [];
  portal.answer(listMails, page);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

async function open() {
  const opened = await openApp('/office/mails', staffSession('clerk'));
  await vi.dynamicImportSettled();
  await flushPromises();
  return opened;
}

const rows = () => [...document.querySelectorAll('tbody tr.row')].map((row) => row.textContent ?? '');
const retryButtons = () => [...document.querySelectorAll<HTMLButtonElement>('[data-retry]')];
const toasts = () => useToastStore().toasts.map(({ text }) => text);

async function filter(value: string): Promise<void> {
  document.querySelector<HTMLInputElement>(`input[name=state][value="${value}"]`)!.click();
  await flushPromises();
}

describe("the office's mails", () => {
  it('come page by page, and always of the chosen manager', async () => {
    mails = [mailOf(1), mailOf(2), mailOf(3)];
    const { app } = await open();
    expect(rows()).toHaveLength(2);
    await press('Prikaži več');
    expect(rows()).toHaveLength(3);
    expect(() => buttonOf('Prikaži več')).toThrow();
    expect(portal.asked(listMails).every(({ query }) => query?.managerId === idOf(10))).toBe(true);
    app.unmount();
  });

  it('can be seen by state', async () => {
    mails = [mailOf(1), mailOf(2, { state: 'waiting', sentAt: null, tries: 0 })];
    const { app } = await open();
    await filter('waiting');
    expect(rows()).toHaveLength(1);
    expect(rows()[0]).toContain('oseba2@primer.si');
    app.unmount();
  });

  it('say what to do about a failure, before the words of the mail server', async () => {
    mails = [failedMail(1)];
    const { app } = await open();
    expect(app.find('tr.below').text()).toMatch(
      /Tega e-naslova ni\..*Število poskusov: 7\..*Podrobnosti za skrbnika portala: 550 5\.1\.1/s,
    );
    expect(app.find('tr.failed').exists()).toBe(true);
    app.unmount();
  });

  it('tell of failures that stand further down, and lead to them', async () => {
    mails = [mailOf(1), mailOf(2), mailOf(3), failedMail(4)];
    const { app } = await open();
    expect(app.text()).toContain('Nekaterih sporočil nismo mogli poslati');
    await press('Pokaži neposlana');
    expect(rows()).toHaveLength(1);
    expect(app.text()).not.toContain('Nekaterih sporočil nismo mogli poslati');
    app.unmount();
  });

  it('say when there are none, also of one state', async () => {
    const { app } = await open();
    expect(app.text()).toContain('Pošte še ni');
    await filter('failed');
    expect(app.text()).toContain('Neposlanih sporočil ni');
    app.unmount();
  });

  it('do not show those of another state when the question fails', async () => {
    mails = [mailOf(1)];
    const { app } = await open();
    portal.refuse(listMails, 'offline');
    await filter('waiting');
    expect(rows()).toEqual([]);
    expect(app.text()).toContain('Portala ne dosežemo.');
    portal.answer(listMails, page);
    await press('Poskusi znova');
    expect(app.text()).toContain('Nobeno sporočilo ne čaka');
    app.unmount();
  });

  it('are asked for anew on demand', async () => {
    mails = [mailOf(1, { state: 'waiting', sentAt: null })];
    const { app } = await open();
    mails = [mailOf(1)];
    await press('Osveži');
    expect(rows()[0]).toContain('poslano');
    app.unmount();
  });
});

describe('a mail that was given up', () => {
  const waiting = { state: 'waiting', failedAt: null, tries: 0 } as const;

  it('is sent again: its row says so, and the focus goes on to the next one', async () => {
    mails = [failedMail(1), failedMail(2)];
    portal.answer(retryMail, ({ params }) => ({ ...mails.find(({ id }) => id === params?.id), ...waiting }));
    const { app } = await open();
    const [first] = retryButtons();
    first!.focus();
    first!.click();
    await flushPromises();
    expect(portal.asked(retryMail)).toEqual([{ params: { id: mails[0]!.id } }]);
    expect(rows()[0]).toContain('čaka');
    expect(toasts()).toEqual(['Sporočilo je znova na poti: oseba1@primer.si']);
    expect(document.activeElement).toBe(retryButtons()[0]);
    expect(retryButtons()[0]?.getAttribute('aria-label')).toContain('oseba2@primer.si');
    app.unmount();
  });

  it('leaves the focus on the heading when it was the only one', async () => {
    mails = [failedMail(1)];
    portal.answer(retryMail, () => ({ ...mails[0], ...waiting }));
    const { app } = await open();
    retryButtons()[0]!.click();
    await flushPromises();
    expect(document.activeElement?.tagName).toBe('H1');
    app.unmount();
  });

  it('that somebody else was quicker with is shown as it stands', async () => {
    mails = [failedMail(1)];
    portal.refuse(retryMail, 'mail_state');
    const { app } = await open();
    mails = [mailOf(1)];
    retryButtons()[0]!.click();
    await flushPromises();
    expect(toasts()[0]).toContain('Sporočila ni mogoče poslati znova');
    expect(rows()[0]).not.toContain('ni poslano');
    app.unmount();
  });

  it('stays as it is when the portal cannot be reached', async () => {
    mails = [failedMail(1)];
    portal.refuse(retryMail, 'offline');
    const { app } = await open();
    retryButtons()[0]!.click();
    await flushPromises();
    expect(toasts()[0]).toContain('Portala ne dosežemo.');
    expect(retryButtons()).toHaveLength(1);
    app.unmount();
  });

  it('long ago cannot be sent any more, and says why', async () => {
    mails = [failedMail(1, { createdAt: ago(31) }), failedMail(2, { createdAt: ago(29) })];
    const { app } = await open();
    expect(app.findAll('tr.below').map((row) => row.text().includes('starejšega od 30\u00a0dni'))).toEqual([
      true,
      false,
    ]);
    expect(retryButtons()).toHaveLength(1);
    app.unmount();
  });
});
