import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateSlipPassword } from '../../server/slip-password.ts';
import { startTurnstileStandIn, type TurnstileStandIn } from '../helpers/turnstile-stand-in.ts';
import { createApp, type App } from './app.ts';
import { createPortal, type Portal } from './portal.ts';
import { choosePortal, managerIsFilledIn } from './screens.ts';

const secretKey = '1x0000000000000000000000000000000AA';

let turnstile: TurnstileStandIn;
let portal: Portal;
let app: App;

beforeAll(async () => {
  turnstile = await startTurnstileStandIn({ secretKey });
  turnstile.widget = 'asks';
  portal = await createPortal('sqlite', {
    TURNSTILE_SITE_KEY: '1x00000000000000000000AA',
    TURNSTILE_SECRET_KEY: secretKey,
    TURNSTILE_URL: turnstile.origin,
    HUMAN_CHECK_WORK: '30',
  });
  await portal.operate('migrate');
  await portal.start();
  const place = ['--street', 'Vzorčna ulica 1', '--town', '1000 Ljubljana', '--iban', 'SI56990000012345646'];
  await portal.operate('manager', 'create', '--name', 'Upravnik Vzorec d.o.o.', ...place);
  app = await createApp();
  await choosePortal(await app.open(), portal.address);
  await app.page.getByRole('button', { name: 'REGISTRACIJA' }).click();
  await fill(app.page);
});

afterAll(async () => {
  await app.remove();
  await portal.remove();
  await turnstile.stop();
});

/** A registration of nobody: past the human check the server refuses it. */
async function fill(page: Page): Promise<void> {
  const values = {
    'Šifra plačnika': '104217',
    'Geslo z razdelilnika': generateSlipPassword(),
    Ime: 'Živa',
    Priimek: 'Čebašek',
    'E-naslov': 'ziva@primer.example',
    Geslo: 'Vijolična-5 kapa',
    'Ponovite geslo': 'Vijolična-5 kapa',
  };
  await managerIsFilledIn(page);
  for (const [label, value] of Object.entries(values)) await page.getByLabel(label, { exact: true }).fill(value);
}

const submit = () => app.page.getByRole('button', { name: 'Registriraj me' }).click();
const isPast = () => app.page.getByText('Šifra plačnika in geslo z razdelilnika se ne ujemata').waitFor();

/** Sends the form off and waits for the view with the portal's page. */
async function openView(): Promise<Page> {
  const opened = app.main.waitForEvent('window');
  await submit();
  const view = await opened;
  await view.getByRole('status').getByText('Kliknite okvirček spodaj.').waitFor();
  return view;
}

/** A key as the system sends it, to whatever has the focus in that view. */
const pressEscapeIn = (address: string) =>
  app.main.evaluate(({ webContents }, url) => {
    const view = webContents.getAllWebContents().find((contents) => contents.getURL() === url);
    view?.sendInputEvent({ type: 'keyDown', keyCode: 'Escape' });
  }, address);

const views = () => app.main.evaluate(({ webContents }) => webContents.getAllWebContents().length);

describe('the human check of the registration', () => {
  it('is answered in a view that has one function and goes nowhere', async () => {
    const view = await openView();
    await app.page.getByRole('dialog', { name: 'Preverjanje, da niste robot' }).waitFor();
    const found = await view.evaluate(async () => {
      const opened = window.open('https://example.com/');
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.head.append(script);
      const camera = await navigator.permissions.query({ name: 'camera' });
      const elsewhere = await fetch('https://example.com/').catch(() => 'blocked');
      const host = Object.keys(Reflect.get(window, 'humanCheck') as object);
      const has = ['desktop', 'require', 'process', 'ran'].filter((name) => name in window);
      return { opened, camera: camera.state, elsewhere, host, has, userAgent: navigator.userAgent };
    });
    expect(found).toMatchObject({ opened: null, camera: 'denied', elsewhere: 'blocked', host: ['report'], has: [] });
    expect(found.userAgent).toContain('Electron/');

    await view.frameLocator('iframe').getByRole('button', { name: 'Nisem robot' }).click();
    await isPast();
    expect(turnstile.asked.map(({ secret }) => secret)).toEqual([secretKey]);
    expect(await views()).toBe(1);
  });

  it('can be closed from the page and, within the view, with Escape', async () => {
    await openView();
    await app.page.getByRole('button', { name: 'Prekliči' }).click();
    await app.page.getByText('Prekinili ste.').waitFor();
    const view = await openView();
    const address = view.url();
    await view.evaluate(() => (location.href = 'https://example.com/'));
    expect(view.url()).toBe(address);
    await pressEscapeIn(address);
    await app.page.getByText('Prekinili ste.').waitFor();
    expect(await views()).toBe(1);
    expect(turnstile.asked).toHaveLength(1);
  });

  it('is worked out by the computer when Turnstile cannot be reached', async () => {
    await turnstile.stop();
    await submit();
    await isPast();
    expect(await views()).toBe(1);
    expect(turnstile.asked).toHaveLength(1);
  });
});
