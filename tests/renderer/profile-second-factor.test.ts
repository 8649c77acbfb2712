import { flushPromises } from '@vue/test-utils';
import jsQR from 'jsqr';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DesktopApi } from '../../contract/desktop/api.ts';
import type { Session } from '../../contract/session.ts';
import { useSessionStore } from '../../src-renderer/modules/session/use-session-store.ts';
import { landing } from '../../src-renderer/modules/shell/menu.ts';
import { qrPath } from '../../src-renderer/shared/format/qr-path.ts';
import {
  beside,
  choose,
  dialog,
  labelled,
  openOwn,
  refusal,
  screen,
  send,
  toasts,
  write,
} from './helpers/own-account.ts';
import { until } from './helpers/page.ts';
import { clerk, manager, portal as portalAnswer, resident } from './helpers/people.ts';
import { startFakePortal } from './helpers/portal.ts';
import type { FakePortal } from './helpers/portal.ts';

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const issuer = 'iiPortal%20(Upravljanje%20Vzorec%20d.%20o.%20o.)';
const uri = `otpauth://totp/${issuer}:ana%40primer.si?issuer=${issuer}&secret=${secret}&algorithm=SHA1&digits=6&period=30`;
const recoveryCodes = ['K7QM-3XRT-9WVDT', 'A2BC-D3EF-G4HJK'];

const factor = (secondFactor: Partial<Session['secondFactor']>, session: Session = resident): Session => ({
  ...session,
  secondFactor: { ...session.secondFactor, ...secondFactor },
});
const admin: Session = {
  ...clerk,
  roles: [{ managerId: manager.id, managerName: manager.name, role: 'admin' }],
};
const closedOut = factor({ isNeeded: true, isCompulsory: true }, admin);

let portal: FakePortal;
beforeEach(async () => {
  portal = await startFakePortal();
  portal.answer('GET /portal', portalAnswer);
  portal.answer('GET /account/notifications', { items: [] });
  portal.answer('GET /office/imports', { items: [], nextCursor: null });
  portal.answer('POST /account/second-factor', { secret, uri });
  portal.answer('POST /account/second-factor/confirmation', { recoveryCodes });
});
afterEach(() => portal.close());

const sent = (operation: string) => portal.requests.filter(({ address }) => address === operation);

const saveText = vi.fn<DesktopApi['documents']['saveText']>();
beforeEach(() => saveText.mockReset());
const open = (session: Session = resident) =>
  openOwn('/profile/second-factor', session, {
    documents: { saveText },
    office: { onUploadProgress: () => () => undefined },
  });

async function scan(session?: Session) {
  const opened = await open(session);
  await write('Vaše geslo', 'Moje-geslo-7');
  await send();
  await until(() => document.querySelector('.qr') !== null);
  return opened;
}

async function turnOn(session: Session = resident) {
  portal.answer('GET /session', factor({ isOn: true, isNeeded: false }, session));
  const opened = await scan(session);
  await write('Koda iz aplikacije', '123 456');
  await until(() => screen().includes('Shranite rezervne kode'));
  return opened;
}

/** The path drawn as pixels, four a module, with the quiet zone around it. */
function read(path: string, size: number): string | undefined {
  const scale = 4;
  const width = (size + 8) * scale;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let at = 0; at < scale * scale; at += 1) {
      const column = (Number(x) + 4) * scale + (at % scale);
      const row = (Number(y) + 4) * scale + Math.floor(at / scale);
      pixels.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
    }
  }
  return jsQR(pixels, width, width)?.data;
}

describe('setting up the second factor', () => {
  it('begins with the own password', async () => {
    await open();
    await send();
    expect(beside('Vaše geslo')).toContain('obvezno');
    portal.refuse('POST /account/second-factor', 'wrong_password');
    await write('Vaše geslo', 'napačno');
    await send();
    await until(() => beside('Vaše geslo').includes('Geslo ni pravo'));
    expect(document.activeElement).toBe(labelled('Vaše geslo'));
    expect(document.querySelector('.qr')).toBeNull();
  });

  it('shows a code that an app reads, and the key in groups to type in', async () => {
    await scan();
    const { size } = qrPath(uri);
    expect(read(document.querySelector('.qr .dark')?.getAttribute('d') ?? '', size)).toBe(uri);
    expect(document.querySelector('.qr')?.getAttribute('viewBox')).toBe(`-4 -4 ${size + 8} ${size + 8}`);
    const drawn = [...qrPath(uri).path.matchAll(/M(\d+) (\d+)/g)].flatMap(([, x, y]) => [Number(x), Number(y)]);
    expect([Math.min(...drawn), Math.max(...drawn)]).toEqual([0, size - 1]);
    expect(screen()).toContain('JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP');
  });

  it('has no style in the page: the content security policy takes none', async () => {
    await scan();
    expect(document.querySelector('main [style]')).toBeNull();
  });

  it('says that the first code is wrong', async () => {
    portal.refuse('POST /account/second-factor/confirmation', 'second_factor_rejected');
    await scan();
    await write('Koda iz aplikacije', '123456');
    await until(() => beside('Koda iz aplikacije').includes('Počakajte na novo kodo'));
    expect(document.activeElement).toBe(labelled('Koda iz aplikacije'));
    await write('Koda iz aplikacije', '12345');
    await send();
    expect(beside('Koda iz aplikacije')).toContain('Koda ima šest številk');
    expect(sent('POST /account/second-factor/confirmation')).toHaveLength(1);
  });

  it('ends with recovery codes, which must be kept', async () => {
    const { router } = await turnOn();
    for (const code of recoveryCodes) expect(screen()).toContain(code);
    await choose('Končaj');
    expect(screen()).toContain('Najprej shranite kode');
    labelled('Rezervne kode imam shranjene.').click();
    await flushPromises();
    await choose('Končaj');
    await until(() => router.currentRoute.value.name === 'profile');
    expect(useSessionStore().session?.secondFactor.isOn).toBe(true);
    expect(sent('POST /account/second-factor/confirmation')[0]?.body).toEqual({ code: '123456' });
  });

  it('saves the recovery codes as a text', async () => {
    saveText.mockResolvedValueOnce({ ok: true, value: { saved: true, fileName: 'kode.txt' } });
    saveText.mockResolvedValueOnce(refusal('file_failed'));
    await turnOn();
    await choose('Shrani v datoteko');
    expect(saveText.mock.calls[0]?.[0].fileName).toBe('iiportal-rezervne-kode.txt');
    for (const code of recoveryCodes) expect(saveText.mock.calls[0]?.[0].text).toContain(code);
    expect(toasts()).toEqual(['Shranjeno: kode.txt']);
    await choose('Shrani v datoteko');
    expect(screen()).toContain('Datoteke ni bilo mogoče');
  });

  it('asks before the recovery codes are lost', async () => {
    const { router } = await turnOn();
    void router.push('/profile');
    await until(() => (dialog()?.textContent ?? '').includes('jih ni mogoče več videti'));
    await choose('Prekliči');
    expect(router.currentRoute.value.name).toBe('second-factor');
    void router.push('/profile');
    await until(() => dialog() !== null);
    await choose('Zapusti stran');
    await until(() => router.currentRoute.value.name === 'profile');
  });

  it('that was done elsewhere in the meantime shows how it stands', async () => {
    portal.answer('GET /session', factor({ isOn: true }));
    portal.refuse('POST /account/second-factor', 'second_factor_state');
    await open();
    await write('Vaše geslo', 'Moje-geslo-7');
    await send();
    await until(() => screen().includes('Prijava v dveh korakih je vklopljena'));
  });
});

describe('the second factor that is on', () => {
  it('gets new recovery codes for the own password', async () => {
    portal.answer('POST /account/second-factor/recovery-codes', { recoveryCodes });
    await open(factor({ isOn: true }));
    await choose('Naredi nove rezervne kode');
    await write('Vaše geslo', 'Moje-geslo-7');
    await send();
    await until(() => screen().includes('To so nove rezervne kode'));
    expect(screen()).toContain('K7QM-3XRT-9WVDT');
    expect(dialog()).toBeNull();
  });

  it('is turned off with password and code', async () => {
    portal.answer('POST /account/second-factor/removal', resident);
    await open(factor({ isOn: true }));
    await choose('Izklopi');
    await send();
    expect(beside('Koda iz aplikacije ali rezervna koda')).toContain('obvezno');
    await write('Koda iz aplikacije ali rezervna koda', 'k7qm-3xrt-9wvdt ');
    await write('Vaše geslo', 'Moje-geslo-7');
    await send();
    await until(() => toasts().includes('Prijava v dveh korakih je izklopljena.'));
    expect(sent('POST /account/second-factor/removal')[0]?.body).toEqual({
      code: 'k7qm-3xrt-9wvdt',
      password: 'Moje-geslo-7',
    });
    await until(() => screen().includes('Kako poteka'));
  });

  it('stays on when the code is wrong, which is said at its field', async () => {
    portal.refuse('POST /account/second-factor/removal', 'second_factor_rejected');
    await open(factor({ isOn: true }));
    await choose('Izklopi');
    await write('Koda iz aplikacije ali rezervna koda', '123456');
    await write('Vaše geslo', 'Moje-geslo-7');
    await send();
    await until(() => beside('Koda iz aplikacije ali rezervna koda').includes('Koda ni prava'));
    expect(document.activeElement).toBe(labelled('Koda iz aplikacije ali rezervna koda'));
  });

  it('is not offered to be turned off to admins who need it', async () => {
    await open(factor({ isOn: true, isCompulsory: true }, admin));
    expect(screen()).toContain('Administratorji je ne morejo izklopiti');
    await expect(choose('Izklopi')).rejects.toThrow('nothing to press');
  });
});

describe('an admin who needs a second factor and has none', () => {
  it('lands where it is set up, and reads why', async () => {
    const { router } = await openOwn('/sign-in', closedOut);
    expect(landing(useSessionStore())).toBe('second-factor');
    expect(router.currentRoute.value.name).toBe('second-factor');
    expect(screen()).toContain('Dokler te prijave ne vklopite, ne morete delati v pisarni');
  });

  it.each(['/office/imports', '/office/payers', '/office/slip-passwords'])('is led there from %s', async (path) => {
    const { router } = await openOwn(path, closedOut);
    expect(router.currentRoute.value.name).toBe('second-factor');
  });

  it('can use a resident’s pages', async () => {
    portal.answer('GET /slips', { items: [], nextCursor: null });
    const { router } = await openOwn('/slips', { ...closedOut, payers: resident.payers });
    expect(router.currentRoute.value.name).toBe('slips');
  });

  it('goes on to the office once it is set up', async () => {
    const { router } = await turnOn(closedOut);
    labelled('Rezervne kode imam shranjene.').click();
    await flushPromises();
    await choose('Končaj');
    await until(() => router.currentRoute.value.name === 'overview');
  });
});
