import { afterEach, describe, expect, it } from 'vitest';
import { registrationLink } from '../../contract/deep-link.ts';
import { aManager, json, startPortalStandIn } from '../helpers/portal-stand-in.ts';
import { createApp, type App } from './app.ts';
import { choosePortal, signIn } from './screens.ts';

const manager = {
  ...{ id: aManager, name: 'Upravnik Vzorec d.o.o.', street: 'Vzorčna ulica 1', town: '1000 Ljubljana' },
  ...{ email: null, phone: null },
};
let app: App;

afterEach(() => app.remove());

async function startPortal() {
  const portal = await startPortalStandIn();
  portal.answer('GET /portal', (_, response) =>
    json(response, 200, { product: 'iiPortal', version: '1', manager, managers: [], humanCheck: 'off' }),
  );
  app = await createApp();
  const link = registrationLink({ portal: portal.origin, manager: aManager, code: '104217' });
  /** What was sent to the portal besides questions. */
  const deeds = () => portal.requests.filter(({ method }) => method !== 'GET').map(({ url }) => url);
  return { portal, link, deeds };
}

/** Registration with manager and payer code filled in, and the caret where the slip password goes. */
async function expectRegistration(code: string): Promise<void> {
  const { page } = app;
  await page.getByRole('heading', { name: 'Registracija', exact: true }).waitFor();
  await expect.poll(() => page.getByLabel('Šifra plačnika').inputValue()).toBe(code);
  await page.getByText('Upravnika in šifro plačnika smo izpolnili iz povezave').waitFor();
  expect(await page.getByRole('textbox', { name: 'Upravnik' }).inputValue()).toBe(manager.name);
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('slipPassword');
}

describe('a link from a letter', () => {
  it('starts the program: the address is asked about, then the registration is filled in', async () => {
    const { portal, link, deeds } = await startPortal();
    const page = await app.open(link);
    await page.getByText('Naslov smo izpolnili iz povezave').waitFor();
    expect(await page.getByLabel('Naslov portala').inputValue()).toBe(portal.origin);
    expect(portal.requests, 'nobody is asked before the click').toEqual([]);
    await page.getByRole('button', { name: 'Nadaljuj' }).click();
    await expectRegistration('104217');
    expect(deeds()).toEqual([]);
  });

  it('reaches the running program through a second start of it, and through the system of macOS', async () => {
    const { portal, link, deeds } = await startPortal();
    await app.open();
    await choosePortal(app.page, portal.origin);
    expect(await app.startAgain(link)).toBe(0);
    await expectRegistration('104217');
    await app.main.evaluate(
      ({ app: program }, url) => {
        program.emit('open-url', { preventDefault: () => undefined }, url);
      },
      link.replace('104217', '104218'),
    );
    await expectRegistration('104218');
    for (const hostile of ['iiportal://register?code=<script>', `${link}&slipPassword=K7QM3XRT9WVDT`, 'iiportal:']) {
      expect(await app.startAgain(hostile)).toBe(0);
    }
    await expectRegistration('104218');
    expect(deeds()).toEqual([]);
  });

  it('asks who is signed in, and for another portal changes nothing', async () => {
    const { portal, link, deeds } = await startPortal();
    await app.open();
    await choosePortal(app.page, portal.origin);
    await signIn(app.page, 'ana@primer.si', 'x');
    await app.startAgain(link);
    const notice = app.page.getByRole('dialog', { name: 'Registracija ni potrebna' });
    await notice.getByText('104217').waitFor();
    await notice.getByRole('button', { name: 'Zapri' }).last().click();
    await app.startAgain(
      link.replace(encodeURIComponent(portal.origin), encodeURIComponent('https://portal.drugi.si')),
    );
    const other = app.page.getByRole('dialog', { name: 'Povezava je za drug portal' });
    await other.getByText('https://portal.drugi.si').waitFor();
    await other.getByText(portal.origin).waitFor();
    await other.getByRole('button', { name: 'Ohrani svoj portal' }).click();
    await app.page.getByRole('navigation').waitFor();
    expect(deeds()).toEqual(['/api/v1/session']);
  });
});
