import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { DesktopApi } from '../../contract/desktop/api.ts';
import { useSessionStore } from '../../src-renderer/modules/session/use-session-store.ts';
import { beside, labelled, openOwn, refusal, screen, send, toasts, write } from './helpers/own-account.ts';
import { until } from './helpers/page.ts';
import { resident } from './helpers/people.ts';

const good = 'Zelena-trava-8';
const changePassword = vi.fn<DesktopApi['account']['changePassword']>();
beforeEach(() => changePassword.mockReset());

const open = () => openOwn('/profile/password', resident, { account: { changePassword } });

async function fill(given: Partial<Record<'current' | 'password' | 'repeat', string>> = {}): Promise<void> {
  await write('Sedanje geslo', given.current ?? 'Moje-geslo-7');
  await write('Novo geslo', given.password ?? good);
  await write('Ponovite novo geslo', given.repeat ?? given.password ?? good);
}

const openRules = () =>
  [...document.querySelectorAll('[data-rule]:not(.met)')].map((rule) => rule.getAttribute('data-rule'));

describe('the change of the password', () => {
  it('goes through the main process, and the session goes on', async () => {
    const since = '2026-11-23T12:00:00.000Z';
    changePassword.mockResolvedValue({ ok: true, value: { ...resident, since } });
    const { router } = await open();
    expect(screen()).toContain('Vse druge prijave se s tem končajo');
    await fill();
    await send();
    await until(() => router.currentRoute.value.name === 'profile');
    expect(changePassword).toHaveBeenCalledExactlyOnceWith({ currentPassword: 'Moje-geslo-7', password: good });
    expect(useSessionStore().session?.since).toBe(since);
    expect(toasts()).toEqual(['Geslo je zamenjano.']);
  });

  it('ticks the rule off while the password is typed', async () => {
    await open();
    await write('Novo geslo', 'zelena');
    expect(openRules()).toEqual(['length', 'upper', 'digit', 'special', 'common']);
    await write('Novo geslo', good);
    expect(openRules()).toEqual([]);
  });

  it.each([
    ['the name', 'Priimek-Ana-1'],
    ['the payer code', 'Ana-104217!'],
    ['the e-mail', 'Ana!2026'],
  ])('refuses what is made of %s', async (_, password) => {
    await open();
    await fill({ password });
    expect(openRules()).toEqual(['common']);
    await send();
    expect(beside('Novo geslo')).toContain('preveč podobno vašim podatkom');
    expect(changePassword).not.toHaveBeenCalled();
  });

  it('goes to the first faulty field', async () => {
    await open();
    await send();
    expect(document.activeElement).toBe(labelled('Sedanje geslo'));
    expect(beside('Sedanje geslo')).toContain('obvezno');
    await fill({ repeat: 'Zelena-trava-9' });
    await send();
    expect(document.activeElement).toBe(labelled('Ponovite novo geslo'));
    await fill({ current: good });
    await send();
    expect(beside('Novo geslo')).toContain('To geslo že imate');
    expect(changePassword).not.toHaveBeenCalled();
  });

  it('says at its field that the present password is wrong', async () => {
    changePassword.mockResolvedValue(refusal('wrong_password'));
    await open();
    await fill();
    await send();
    await until(() => beside('Sedanje geslo').includes('Geslo ni pravo'));
    expect(document.activeElement).toBe(labelled('Sedanje geslo'));
    expect(useSessionStore().isSignedIn).toBe(true);
    await write('Sedanje geslo', 'Moje-geslo-8');
    expect(beside('Sedanje geslo')).not.toContain('Geslo ni pravo');
  });

  it('shows what the server finds at the new password', async () => {
    const fields = [{ path: 'password', rule: 'common_password' }];
    changePassword.mockResolvedValue(refusal('invalid_request', { fields }));
    await open();
    await fill();
    await send();
    await until(() => beside('Novo geslo').includes('preveč podobno vašim podatkom'));
  });

  it('says anything else above the button', async () => {
    changePassword.mockResolvedValue(refusal('offline'));
    const { router } = await open();
    await fill();
    await send();
    await until(() => screen().includes('Portala ne dosežemo'));
    expect(router.currentRoute.value.name).toBe('new-password');
  });
});
