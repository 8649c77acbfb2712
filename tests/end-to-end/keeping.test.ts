import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { startPortalStandIn } from '../helpers/portal-stand-in.ts';
import { startRealKeyring } from '../helpers/real-keyring.ts';
import { createApp, type App } from './app.ts';
import { choosePortal, signIn } from './screens.ts';

/* The real program where a computer keeps its secrets in a keyring that is locked, or has none. */

async function start(env: Record<string, string>): Promise<App> {
  const app = await createApp(env);
  onTestFinished(() => app.remove());
  return app;
}

/** The first time on this computer. */
async function signInThere(page: Page, portal: string): Promise<void> {
  await choosePortal(page, portal);
  await signIn(page, 'ana@primer.si', 'Geslo123!');
  await signOutOf(page).waitFor();
}

const signOutOf = (page: Page) => page.getByRole('button', { name: 'Odjava' });
const notice = (page: Page, words: RegExp) => page.getByRole('status').filter({ hasText: words });
const waits = /Vaša prijava čaka v shrambi gesel/;

it.runIf(process.platform === 'linux')(
  'takes the session up that waited in a locked keyring, by itself and by the button',
  async () => {
    const portal = await startPortalStandIn();
    const keyring = await startRealKeyring();
    const app = await start(keyring.env);
    await signInThere(await app.open(), portal.origin);
    expect(await app.page.evaluate(() => window.desktop.keeping.status())).toEqual({
      ...{ keychain: 'available', sessionWaits: false, disk: null },
    });
    await app.close();

    await keyring.lock();
    let page = await app.open();
    await notice(page, waits).waitFor();
    // Nobody is asked for a password because the window has the focus, and nothing is lost.
    await app.focus();
    await keyring.unlock();
    await app.focus();
    await signOutOf(page).waitFor();
    expect(await notice(page, /shrambi gesel/).count()).toBe(0);
    await app.close();

    await keyring.lock();
    page = await app.open();
    await notice(page, waits).waitFor();
    await page.getByRole('button', { name: 'Poskusi znova' }).click();
    await notice(page, /Še vedno ne gre/).waitFor();
    await keyring.unlock();
    await page.getByRole('button', { name: 'Poskusi znova' }).click();
    await signOutOf(page).waitFor();
    expect(portal.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  },
);

it.runIf(process.platform === 'linux')(
  'works from memory alone where there is no keyring, says so and keeps nothing',
  async () => {
    const portal = await startPortalStandIn();
    const app = await start({ DBUS_SESSION_BUS_ADDRESS: 'disabled:' });
    let page = await app.open();
    await signInThere(page, portal.origin);
    await notice(page, /Ta računalnik nima shrambe gesel/).waitFor();
    expect(existsSync(join(app.profile, 'offline'))).toBe(false);
    await page.getByRole('link', { name: 'Več o tem' }).click();
    await page.getByRole('heading', { name: 'Shranjena prijava' }).waitFor();
    await page.getByText('GNOME Keyring ali KWallet').waitFor();
    await app.close();

    page = await app.open();
    await page.getByLabel('EMAIL').waitFor();
    expect(await notice(page, /shramb/).count()).toBe(0);
  },
);
