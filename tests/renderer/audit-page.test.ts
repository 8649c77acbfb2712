import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listAudit, type AuditEntry } from '../../contract/audit.ts';
import { listStaff } from '../../contract/staff.ts';
import { idOf, openApp, press, staffSession, stubDesktop } from './helpers/office.ts';
import { answerOperations } from './helpers/operations.ts';
import { labelled, screen, toasts } from './helpers/own-account.ts';

vi.mock('../../src-renderer/api/client.ts', { spy: true });

const entryOf = (number: number, more: Partial<AuditEntry> = {}): AuditEntry => ({
  ...{ id: String(number), at: '2026-11-20T09:00:00.000Z', action: 'run.published', address: '192.0.2.7' },
  actor: { kind: 'staff', name: 'Petra Pisar', email: 'petra@vzorec.si' },
  subject: { kind: 'run', id: idOf(600), name: '2026-10' },
  details: { period: '2026-10', importId: idOf(500) },
  ...more,
});

let portal: ReturnType<typeof answerOperations>;
let entries: AuditEntry[];
let desktop: ReturnType<typeof stubDesktop>;

beforeEach(() => {
  desktop = stubDesktop();
  portal = answerOperations();
  entries = [entryOf(1)];
  portal.answer(listAudit, () => ({ items: entries, nextCursor: null }));
  portal.answer(listStaff, () => ({
    members: [
      {
        ...{ id: idOf(1), firstName: 'Petra', lastName: 'Pisar', email: 'petra@vzorec.si', role: 'admin' },
        ...{ hasSecondFactor: true, lastUsedAt: null },
      },
    ],
    invitations: [],
  }));
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

async function open(path = '/office/audit', ...roles: readonly ('admin' | 'clerk')[]) {
  const opened = await openApp(path, staffSession(...(roles.length > 0 ? roles : (['admin'] as const))));
  await vi.dynamicImportSettled();
  await flushPromises();
  return opened;
}

const asked = () => portal.asked(listAudit).map(({ query }) => query);

async function pick(label: string, value: string): Promise<void> {
  const field = labelled(label);
  field.value = value;
  field.dispatchEvent(new Event(field.tagName === 'SELECT' ? 'change' : 'input', { bubbles: true }));
  await flushPromises();
}

describe('the log', () => {
  it('says in words what happened, with what is worth knowing and no ids, and leads to it', async () => {
    const { app } = await open();
    expect(screen()).toContain('Obračun je bil objavljen.');
    expect(screen()).toContain('Petra Pisar');
    expect(screen()).toContain('petra@vzorec.si · 192.0.2.7');
    expect(screen()).not.toContain(idOf(500));
    expect(document.querySelector(`a[href="/office/runs/${idOf(600)}"]`)?.textContent).toContain('Obračun: ');
    app.unmount();
  });

  it('names fields, accounts and values as people do', async () => {
    entries = [
      entryOf(2, {
        ...{ action: 'manager.changed', subject: { kind: 'manager', id: idOf(10), name: null } },
        details: { changed: 'iban slipNote', iban: 'SI56990000012345646', ibanBefore: 'SI56020170014356205' },
      }),
      entryOf(1, { action: 'staff.role_changed', subject: null, details: { role: 'admin', before: 'clerk' } }),
    ];
    const { app } = await open();
    expect(screen()).toContain('spremenjeno: račun za plačila, obvestilo na razdelilnikih');
    expect(screen()).toContain('novi račun: SI56 9900 0001 2345 646');
    expect(screen()).toContain('vloga: administrator · prej: pisarna');
    app.unmount();
  });

  it.each<[AuditEntry['actor'], string]>([
    [{ kind: 'person', name: null, email: null }, 'izbrisan uporabnik'],
    [{ kind: 'program', name: 'Saop', email: null }, '»Saop«'],
    [{ kind: 'nobody', name: null, email: null }, 'neprijavljena oseba'],
    [{ kind: 'server', name: null, email: null }, 'strežnik ali njegov upravljavec'],
  ])('says who did it: %j', async (actor, words) => {
    entries = [entryOf(1, { actor })];
    const { app } = await open();
    expect(screen()).toContain(words);
    app.unmount();
  });

  it('links nothing that is gone', async () => {
    entries = [entryOf(1, { action: 'payer.released', subject: { kind: 'payer', id: idOf(1001), name: null } })];
    const { app } = await open();
    expect(screen()).toContain('Plačnik (izbrisano)');
    expect(document.querySelector('tbody a')).toBeNull();
    app.unmount();
  });

  it('is asked for by topic, event, person and days', async () => {
    const { app } = await open();
    await pick('Področje', 'runs');
    await pick('Dogodek', 'run.published');
    await pick('Kdo', idOf(1));
    await pick('Od dne', '2026-11-01');
    await pick('Do dne', '2026-11-20');
    expect(asked().at(1)).toEqual({ managerId: idOf(10), what: 'runs' });
    expect(asked().at(-1)).toEqual({
      ...{ managerId: idOf(10), what: 'run.published', actorId: idOf(1) },
      from: new Date(2026, 10, 1).toISOString(),
      until: new Date(2026, 10, 21).toISOString(),
    });
    await pick('Dogodek', '');
    expect(asked().at(-1)).toMatchObject({ what: 'runs' });
    app.unmount();
  });

  it('is of one payer when the address says so, and of all again', async () => {
    entries = [entryOf(1, { subject: { kind: 'payer', id: idOf(1001), name: '7001 Ana Novak' } })];
    const { app } = await open(`/office/audit?payerId=${idOf(1001)}`);
    expect(asked()[0]).toEqual({ managerId: idOf(10), payerId: idOf(1001) });
    expect(screen()).toContain('Plačnik 7001 Ana Novak');
    document.querySelector<HTMLElement>('ul.chips button')?.click();
    await flushPromises();
    expect(asked().at(-1)).toEqual({ managerId: idOf(10) });
    app.unmount();
  });

  it('says when nothing fits, and shows all again', async () => {
    const { app } = await open();
    entries = [];
    await pick('Področje', 'mails');
    expect(screen()).toContain('Takih dogodkov ni');
    entries = [entryOf(1)];
    await press('Pokaži vse');
    expect(screen()).toContain('Obračun je bil objavljen.');
    app.unmount();
  });

  it('goes to a file, as it is filtered', async () => {
    desktop.office.saveList.mockResolvedValue({ ok: true, value: { saved: true, fileName: 'dnevnik.csv' } });
    const { app } = await open();
    await pick('Področje', 'runs');
    await press('Izvozi CSV');
    expect(desktop.office.saveList.mock.calls[0]?.[0]).toMatchObject({
      ...{ list: 'audit', params: {}, query: { managerId: idOf(10), what: 'runs' } },
    });
    expect(toasts()).toEqual(['Dnevnik je shranjen: dnevnik.csv']);
    app.unmount();
  });

  it('is not for clerks', async () => {
    const { app, router } = await openApp('/office/imports', staffSession('clerk', 'admin'));
    await router.push('/office/audit');
    await vi.dynamicImportSettled();
    await flushPromises();
    expect(screen()).toContain('To je za administratorje');
    expect(portal.asked(listAudit)).toEqual([]);
    app.unmount();
  });
});
