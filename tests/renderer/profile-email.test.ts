import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Session } from '../../contract/session.ts';
import { useShellStore } from '../../src-renderer/modules/shell/use-shell-store.ts';
import { beside, choose, labelled, openOwn, screen, send, toasts, withAccount, write } from './helpers/own-account.ts';
import { until } from './helpers/page.ts';
import { clerk, portal as portalAnswer, resident } from './helpers/people.ts';
import { startFakePortal } from './helpers/portal.ts';
import type { FakePortal } from './helpers/portal.ts';

const codeField = 'Koda iz sporočila';
const unconfirmed = withAccount({ emailConfirmed: false });
let portal: FakePortal;

beforeEach(async () => {
  portal = await startFakePortal();
  portal.answer('GET /portal', portalAnswer);
  portal.answer('GET /slips', { items: [], nextCursor: null });
  portal.answer('GET /account/notifications', { items: [] });
});
afterEach(async () => {
  vi.useRealTimers();
  await portal.close();
});

const sent = (operation: string) => portal.requests.filter(({ address }) => address === operation);
const open = (session: Session = unconfirmed) => openOwn('/profile/email', session);

describe('the banner over an unconfirmed address', () => {
  it('is on all pages but the one where it is confirmed', async () => {
    const { router } = await openOwn('/', unconfirmed);
    expect(screen()).toContain('Potrdite svoj e-naslov');
    expect(screen()).toContain('Na ana@primer.si smo poslali');
    await router.push('/profile');
    await until(() => screen().includes('Osebni podatki'));
    expect(screen()).toContain('Potrdite svoj e-naslov');
    await choose('Potrdi e-naslov');
    await until(() => router.currentRoute.value.name === 'email-confirmation');
    await until(() => !screen().includes('Potrdite svoj e-naslov'));
    expect(document.activeElement).toBe(labelled(codeField));
  });

  it('is for staff as well, and names the address that waits', async () => {
    await openOwn('/profile', withAccount({ emailConfirmed: false, newEmail: 'prava@primer.si' }, clerk));
    expect(screen()).toContain('Na prava@primer.si smo poslali');
  });

  it('is not there once it is confirmed, nor offline', async () => {
    await openOwn('/profile');
    expect(screen()).not.toContain('Potrdite svoj e-naslov');
    const { app } = await openOwn('/profile', unconfirmed);
    useShellStore().setAsOf('2026-11-23T10:00:00.000Z');
    await flushPromises();
    expect(app.text()).not.toContain('Potrdite svoj e-naslov');
  });
});

describe('the code from the mail', () => {
  it('is sent as soon as it is whole, blanks or not, and leads on', async () => {
    portal.answer('POST /account/email/confirmation', resident);
    const { router } = await open();
    await write(codeField, '12345');
    expect(sent('POST /account/email/confirmation')).toEqual([]);
    await write(codeField, ' 123 456 ');
    await until(() => router.currentRoute.value.name === 'home');
    expect(sent('POST /account/email/confirmation').map(({ body }) => body)).toEqual([{ code: '123456' }]);
    expect(toasts()).toEqual(['E-naslov ana@primer.si je potrjen.']);
  });

  it('can be typed in on a telephone and filled in by the system', async () => {
    await open();
    expect(labelled(codeField).inputMode).toBe('numeric');
    expect(labelled(codeField).autocomplete).toBe('one-time-code');
  });

  it('is not sent half', async () => {
    await open();
    await send();
    expect(beside(codeField)).toContain('obvezno');
    await write(codeField, '12 34 abc');
    await send();
    expect(beside(codeField)).toContain('Koda ima šest številk');
    expect(sent('POST /account/email/confirmation')).toEqual([]);
  });

  it('that is wrong or too old is said at its field, until another one is typed', async () => {
    portal.refuse('POST /account/email/confirmation', 'code_rejected');
    await open();
    await write(codeField, '111111');
    await until(() => beside(codeField).includes('Koda ni prava ali ne velja več'));
    expect(document.activeElement).toBe(labelled(codeField));
    await write(codeField, '11111');
    expect(beside(codeField)).not.toContain('Koda ni prava');
  });

  it('is void after five wrong tries, which a new one mends', async () => {
    portal.refuse('POST /account/email/confirmation', 'code_rejected');
    portal.answer('POST /account/email/code', { email: 'ana@primer.si', nextInSeconds: 60 });
    await open();
    for (const wrong of ['111111', '222222', '333333', '444444']) {
      await write(codeField, wrong);
      await until(() => beside(codeField).includes('Koda ni prava'));
    }
    await write(codeField, '555555');
    await until(() => beside(codeField).includes('Po petih napačnih poskusih'));
    await choose('Pošlji novo kodo');
    await until(() => toasts().length > 0);
    await write(codeField, '666666');
    await until(() => beside(codeField).includes('Koda ni prava ali ne velja več'));
  });

  it('is not taken for a while after too many tries', async () => {
    portal.refuse('POST /account/email/confirmation', 'rate_limited', { retryAfter: 30 });
    await open();
    await write(codeField, '111111');
    await until(() => beside(codeField).includes('Počakajte 30\u00a0sekund'));
  });

  it('of an address that is somebody else’s leads to another one', async () => {
    portal.refuse('POST /account/email/confirmation', 'email_taken');
    const { router } = await open(withAccount({ newEmail: 'tuja@primer.si' }));
    await write(codeField, '111111');
    await until(() => beside(codeField).includes('se že prijavlja drug uporabnik'));
    expect(router.currentRoute.value.name).toBe('email-confirmation');
  });

  it('of a new address leads back to the profile', async () => {
    portal.answer('POST /account/email/confirmation', withAccount({ email: 'nova@primer.si' }));
    const { router } = await open(withAccount({ newEmail: 'nova@primer.si' }));
    expect(screen()).toContain('nova@primer.si');
    await write(codeField, '123456');
    await until(() => router.currentRoute.value.name === 'profile');
    expect(toasts()).toEqual(['E-naslov nova@primer.si je potrjen.']);
  });

  it('is not asked for when nothing waits', async () => {
    await open(resident);
    expect(screen()).toContain('E-naslov je potrjen');
    expect(document.querySelector('form')).toBeNull();
  });
});

describe('a new code', () => {
  const button = () =>
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.trim() === 'Pošlji novo kodo');

  it('is sent, and the next one after a while that is counted down', async () => {
    portal.answer('POST /account/email/code', { email: 'ana@primer.si', nextInSeconds: 60 });
    await open();
    await write(codeField, '123');
    await choose('Pošlji novo kodo');
    await until(() => toasts().length > 0);
    expect(toasts()[0]).toContain('Novo kodo smo poslali na ana@primer.si');
    expect(screen()).toContain('Novo kodo lahko zahtevate čez 60\u00a0sekund.');
    expect(button()?.disabled).toBe(true);
    expect(labelled(codeField).value).toBe('');
    expect(document.activeElement).toBe(labelled(codeField));
  });

  it('that was asked for too early is waited for, and then asked for again', async () => {
    portal.refuse('POST /account/email/code', 'rate_limited', { retryAfter: 2 });
    await open();
    await choose('Pošlji novo kodo');
    await until(() => screen().includes('Novo kodo lahko zahtevate čez 2\u00a0sekundi.'));
    expect(toasts()).toEqual([]);
    await until(() => button()?.disabled === false);
    expect(screen()).not.toContain('lahko zahtevate čez');
  });

  it('that could not be sent says why', async () => {
    portal.refuse('POST /account/email/code', 'offline');
    await open();
    await choose('Pošlji novo kodo');
    await until(() => screen().includes('Portala ne dosežemo'));
    expect(button()?.disabled).toBe(false);
  });
});

describe('a mistyped address', () => {
  it('is corrected with the own password; the code goes to the right one', async () => {
    portal.answer('PUT /account/email', withAccount({ emailConfirmed: false, newEmail: 'prava@primer.si' }));
    await open();
    await choose('Popravi e-naslov');
    await write('Novi e-naslov', 'prava@primer.si');
    await write('Vaše geslo', 'Moje-geslo-7');
    await send();
    await until(() => screen().includes('prava@primer.si'));
    expect(sent('PUT /account/email')[0]?.body).toEqual({ email: 'prava@primer.si', password: 'Moje-geslo-7' });
  });
});

describe('when no mail comes', () => {
  it('is said what to do, and whom to call', async () => {
    await open();
    await until(() => screen().includes('01 234 56 78'));
    expect(screen()).toContain('Vsiljena pošta');
  });
});
