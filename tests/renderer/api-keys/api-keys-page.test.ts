import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApiKey, listApiKeys, revokeApiKey, type ApiKey } from '../../../contract/api-keys.ts';
import { useToastStore } from '../../../src-renderer/shared/components/use-toast-store.ts';
import { idOf, openApp, press, staffSession, stubDesktop } from '../helpers/office.ts';
import { answerOperations } from '../helpers/operations.ts';

vi.mock('../../../src-renderer/api/client.ts', { spy: true });

const keyOf = (number: number, more: Partial<ApiKey> = {}): ApiKey => ({
  id: idOf(number),
  name: 'Saop',
  beginning: 'iip_Ab3d',
  scopes: ['imports:write', 'runs:read'],
  createdAt: '2026-11-20T08:00:00.000Z',
  createdBy: 'Petra Pisar',
  isOrphaned: false,
  expiresAt: '2999-11-20T08:00:00.000Z',
  lastUsedAt: null,
  revokedAt: null,
  ...more,
});

const made = `iip_${'Ab3d'.repeat(10)}xyz`;
let portal: ReturnType<typeof answerOperations>;
let items: ApiKey[];

beforeEach(() => {
  stubDesktop();
  portal = answerOperations();
  items = [keyOf(1)];
  portal.answer(listApiKeys, () => ({ items }));
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

async function open() {
  const opened = await openApp('/office/api-keys', staffSession('admin'));
  await vi.dynamicImportSettled();
  await flushPromises();
  return opened;
}

const dialog = () => document.querySelector<HTMLElement>('[role=dialog], [role=alertdialog]');
const field = (label: string) =>
  [...dialog()!.querySelectorAll('label')].find(({ textContent }) => textContent.trim().startsWith(label))!;
const inputOf = (label: string) => document.getElementById(field(label).htmlFor) as HTMLInputElement;

async function write(label: string, text: string): Promise<void> {
  inputOf(label).value = text;
  inputOf(label).dispatchEvent(new Event('input', { bubbles: true }));
  await flushPromises();
}

const tick = (label: string) => field(label).querySelector<HTMLInputElement>('input')!.click();

async function fillIn(): Promise<void> {
  await press('Nov ključ');
  await write('Ime ključa', 'Vasco');
  await write('Vaše geslo', 'Zelena-trava-7');
}

describe('the keys for other programs', () => {
  it('say so when who made a good one has left the office', async () => {
    const revokedAt = '2026-11-21T08:00:00.000Z';
    items = [
      keyOf(1),
      keyOf(2, { isOrphaned: true }),
      keyOf(3, { isOrphaned: true, createdBy: null }),
      keyOf(4, { isOrphaned: true, revokedAt }),
    ];
    const { app } = await open();
    const rows = app.findAll('tbody tr').map((row) => row.text());
    expect(rows.map((text) => /Preverite/.test(text))).toEqual([false, true, true, false]);
    expect(rows[1]).toContain('Petra Pisar, ki ni več v pisarni');
    app.unmount();
  });

  it('are listed with what they may do, and until when', async () => {
    items = [
      keyOf(1, { lastUsedAt: '2026-11-23T08:00:00.000Z' }),
      keyOf(2, { name: 'Star', revokedAt: '2026-11-21T08:00:00.000Z' }),
      keyOf(3, { name: 'Lanski', expiresAt: '2025-11-21T08:00:00.000Z' }),
    ];
    const { app } = await open();
    const rows = app.findAll('tbody tr').map((row) => row.text());
    expect(rows[0]).toMatch(/Saop.*iip_Ab3d….*pošilja datoteke, bere obračune.*velja.*23\. 11\. 2026.*Prekliči/s);
    expect(rows[1]).toMatch(/Star.*preklican.*21\. 11\. 2026.*še ne/s);
    expect(rows[2]).toMatch(/Lanski.*potekel/s);
    expect(rows[1]! + rows[2]!).not.toContain('Prekliči');
    app.unmount();
  });

  it('say what they are for when there is none', async () => {
    items = [];
    const { app } = await open();
    expect(app.text()).toContain('Ni še nobenega ključa');
    await press('Nov ključ');
    expect(dialog()?.textContent).toContain('Nov ključ za program');
    app.unmount();
  });
});

describe('a new key', () => {
  it('is shown once, and goes from the screen when somebody has said that it is kept', async () => {
    portal.answer(createApiKey, () => ({ key: made, apiKey: keyOf(4, { name: 'Vasco' }) }));
    const { app } = await open();
    await fillIn();
    tick('Bere obračune');
    await press('Ustvari ključ');
    await flushPromises();
    expect(portal.asked(createApiKey)[0]).toEqual({
      query: { managerId: idOf(10) },
      body: {
        ...{ name: 'Vasco', password: 'Zelena-trava-7', days: 365 },
        scopes: ['imports:write', 'imports:read', 'runs:read'],
      },
    });
    expect(dialog()?.textContent).toContain(made);
    await press('Zapri');
    expect(dialog()?.textContent).toContain('Najprej ključ kopirajte');
    expect(document.activeElement?.getAttribute('type')).toBe('checkbox');
    tick('Ključ je shranjen');
    await flushPromises();
    await press('Zapri');
    expect(dialog()).toBeNull();
    expect(document.body.innerHTML).not.toContain(made);
    expect(portal.asked(listApiKeys)).toHaveLength(2);
    app.unmount();
  });

  it('is not asked for without a name, a scope and the own password', async () => {
    const { app } = await open();
    await press('Nov ključ');
    tick('Pošilja datoteke z obračunom');
    tick('Bere, kako je z uvozi');
    await press('Ustvari ključ');
    expect(portal.asked(createApiKey)).toEqual([]);
    expect(document.activeElement).toBe(inputOf('Ime ključa'));
    expect(dialog()?.textContent).toContain('Izberite vsaj eno.');
    expect(dialog()?.querySelectorAll('.fault')).toHaveLength(3);
    app.unmount();
  });

  it('says at the field that the password is wrong, and what was written stays', async () => {
    portal.refuse(createApiKey, 'wrong_password');
    const { app } = await open();
    await fillIn();
    await press('Ustvari ključ');
    expect(inputOf('Vaše geslo').getAttribute('aria-invalid')).toBe('true');
    expect(inputOf('Ime ključa').value).toBe('Vasco');
    app.unmount();
  });

  it('says below the form that there are too many', async () => {
    portal.refuse(createApiKey, 'api_keys_full');
    const { app } = await open();
    await fillIn();
    await press('Ustvari ključ');
    expect(dialog()?.querySelector('[role=alert]')?.textContent).toContain('(20)');
    app.unmount();
  });
});

describe('a key that is no longer wanted', () => {
  it('is revoked after a question', async () => {
    portal.answer(revokeApiKey, () => {
      items = [keyOf(1, { revokedAt: '2026-11-23T08:00:00.000Z' })];
      return items[0]!;
    });
    const { app } = await open();
    document.querySelector<HTMLElement>('[aria-label="Prekliči ključ Saop"]')!.click();
    await flushPromises();
    expect(dialog()?.textContent).toContain('Tega ni mogoče razveljaviti');
    await press('Prekliči ključ');
    await flushPromises();
    expect(portal.asked(revokeApiKey)[0]).toMatchObject({ params: { id: idOf(1) } });
    expect(useToastStore().toasts.map(({ text }) => text)).toEqual(['Ključ je preklican: Saop']);
    expect(app.text()).toContain('preklican');
    app.unmount();
  });
});
