import { flushPromises } from '@vue/test-utils';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { UpdateState } from '../../../contract/desktop/api.ts';
import { useDiagnosticsStore } from '../../../src-renderer/modules/diagnostics/use-diagnostics-store.ts';
import { useShellStore } from '../../../src-renderer/modules/shell/use-shell-store.ts';
import { useUpdates } from '../../../src-renderer/modules/updates/use-updates.ts';
import { useUpdatesStore } from '../../../src-renderer/modules/updates/use-updates-store.ts';
import { choose, dialog, openOwn, screen, toasts } from '../helpers/own-account.ts';
import { answerOperations } from '../helpers/operations.ts';
import { until } from '../helpers/page.ts';

vi.mock('../../../src-renderer/api/client.ts', { spy: true });

const ready: UpdateState = { state: 'ready', version: '1.3.0' };
const status = vi.fn(() => Promise.resolve<UpdateState>({ state: 'none' }));
const check = vi.fn(() => Promise.resolve<UpdateState>({ state: 'none' }));
const restart = vi.fn(() => Promise.resolve<UpdateState>({ state: 'none' }));
const read = vi.fn(() => Promise.resolve('iiPortal 1.2.3\nline'));
const saveText = vi.fn(() => Promise.resolve({ ok: true, value: { saved: true, fileName: 'a.txt' } } as const));
let tell: (state: UpdateState) => void;

/** Vue lets no click through to what was drawn in the same millisecond: nobody can mean it. */
async function drawn(): Promise<void> {
  await flushPromises();
  const moment = Date.now();
  await until(() => Date.now() > moment);
}

async function open(path = '/this-computer') {
  const opened = await openOwn(path, undefined, {
    updates: { status, check, restart, onChange: (listener) => ((tell = listener), () => undefined) },
    diagnostics: { read },
    documents: { saveText },
  });
  await useUpdates().follow();
  await drawn();
  return opened;
}

beforeEach(() => {
  answerOperations();
  for (const spy of [status, check, restart, read, saveText]) spy.mockClear();
});

describe('a newer version', () => {
  test('is told where the person is, and installed when they say so', async () => {
    await open();
    expect(screen()).not.toContain('Nova različica je pripravljena');
    tell(ready);
    await drawn();
    expect(screen()).toContain('Različica 1.3.0 se bo namestila sama');
    expect(restart).not.toHaveBeenCalled();
    restart.mockResolvedValueOnce(ready);
    await choose('Znova zaženi');
    expect(restart).toHaveBeenCalledOnce();
    expect(toasts()).toEqual([]);
  });

  test('can wait, and the next one is told again', async () => {
    await open();
    tell(ready);
    await drawn();
    await choose('Pozneje');
    expect(screen()).not.toContain('Nova različica je pripravljena');
    tell({ state: 'ready', version: '1.4.0' });
    await drawn();
    expect(screen()).toContain('Različica 1.4.0');
  });

  test('that cannot be installed is no loss, and that is said', async () => {
    await open();
    tell(ready);
    await drawn();
    await choose('Znova zaženi');
    await until(() => toasts().length > 0);
    expect(toasts()[0]).toMatch(/ni bilo mogoče namestiti/);
    expect(screen()).not.toContain('Nova različica je pripravljena');
  });

  test('can be looked for', async () => {
    await open();
    await choose('Poišči novo različico');
    await until(() => toasts().length > 0);
    expect(toasts()).toEqual(['Nove različice nismo našli.']);
    check.mockResolvedValueOnce(ready);
    await choose('Poišči novo različico');
    await until(() => useUpdatesStore().ready === '1.3.0');
    expect(screen()).toContain('Različica 1.3.0 je pripravljena');
  });

  test.each([
    ['managed', /namesti skrbnik/],
    ['off', /tako, kot ste namestili/],
  ] as const)('is somebody else’s matter where updates are %s', async (state, words) => {
    status.mockResolvedValueOnce({ state });
    await open();
    expect(screen()).toMatch(words);
    expect(screen()).not.toContain('Poišči novo različico');
  });
});

describe('details for support', () => {
  test('are shown before they are copied or saved', async () => {
    const writeText = vi.fn(() => Promise.resolve());
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } });
    await open();
    await choose('Pokaži podatke');
    await until(() => Boolean(dialog()?.querySelector('textarea')));
    await drawn();
    expect(dialog()!.querySelector('textarea')!.value).toBe('iiPortal 1.2.3\nline');
    expect(writeText).not.toHaveBeenCalled();
    await choose('Kopiraj podatke za pomoč');
    expect(writeText).toHaveBeenCalledExactlyOnceWith('iiPortal 1.2.3\nline');
    await choose('Shrani v datoteko');
    await until(() => toasts().length === 2);
    expect(saveText).toHaveBeenCalledWith({ fileName: 'iiPortal-podatki-za-pomoc.txt', text: 'iiPortal 1.2.3\nline' });
    expect(toasts()).toEqual(['Podatki so kopirani. Prilepite jih v sporočilo.', 'Podatki so shranjeni.']);
    vi.unstubAllGlobals();
  });

  test('open from the menu on any page, and say when they cannot be had', async () => {
    await open('/profile');
    read.mockRejectedValueOnce(new Error('failed'));
    useDiagnosticsStore().open();
    await until(() => Boolean(dialog()?.querySelector('[role=alert]')));
    expect(dialog()!.textContent).toContain('Podatkov ni bilo mogoče zbrati');
  });
});

test('lost settings are told once', async () => {
  await open();
  const info = {
    version: '1',
    electron: '1',
    platform: 'linux',
    language: 'sl',
    theme: 'system',
    columns: {},
  } as const;
  useShellStore().meet({ ...info, settingsLost: true });
  await drawn();
  expect(screen()).toContain('so spet kot na začetku');
  await choose('Razumem');
  expect(screen()).not.toContain('so spet kot na začetku');
});
