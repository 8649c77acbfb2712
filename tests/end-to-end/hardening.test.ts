import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { slipPdf } from '../../server/pdf/slip-pdf.ts';
import { aManager, aSlip, json, sessionOf, anAccount, startPortalStandIn } from '../helpers/portal-stand-in.ts';
import { startUntrustedPortal } from '../helpers/self-signed.ts';
import { documentOf, makeItem, makeOrder, makeSlip, makeUnit } from '../helpers/slip-data.ts';
import { createApp, type App } from './app.ts';
import { choosePortal, signIn } from './screens.ts';
import { filesWith } from './traces.ts';

/*
 * What the real program does when its page is not ours any more: somebody's script runs in it. And what of the slips
 * Chromium itself keeps.
 */

const patience = { timeout: 60_000, interval: 100 };
/** Stands in the slip as the portal sends it, and nowhere else. */
const secretWords = 'Vzdrževanje dvigala Kljunasta 77';
const pdf = slipPdf(documentOf(makeSlip([makeUnit([makeItem(0), makeItem(1)])], [makeOrder()])));
const payerId = 'e'.repeat(32);

const summary = {
  ...{ id: aSlip, number: 'R-17', period: '2026-10', issueDate: '2026-11-05', dueDate: '2026-11-20', totalCents: 8432 },
  ...{ managerId: aManager, managerName: 'Upravnik Vzorec d.o.o.', payerId, payerCode: '104217', channel: 'email' },
};
const manager = { id: aManager, name: summary.managerName, street: 'Vzorčna ulica 1', town: '1000 Ljubljana' };
const slip = {
  ...summary,
  manager: { ...manager, email: 'pisarna@vzorec.si', phone: null, taxNumber: null },
  payer: { code: '104217', name: 'Ana Novak', street: 'Šmartinska cesta 152', town: '1000 Ljubljana' },
  ...{ units: [], vat: [], paymentOrders: [], funds: [], openItems: [], notes: [secretWords] },
};

let app: App;
afterEach(() => app.remove());

async function startPortal() {
  const portal = await startPortalStandIn();
  const payers = [{ id: payerId, code: '104217', name: 'Ana Novak', managerId: aManager, managerName: manager.name }];
  portal.answer('GET /portal', (_, response) =>
    json(response, 200, {
      ...{ product: 'iiPortal', version: '1', manager: slip.manager, managers: [], humanCheck: 'off' },
    }),
  );
  const session = { ...sessionOf(anAccount), payers };
  portal.answer('POST /session', (_, response) => json(response, 201, { token: 'token-1', session }));
  portal.answer('GET /session', (_, response) => json(response, 200, session));
  portal.answer('GET /slips', (_, response) => json(response, 200, { items: [summary], nextCursor: null }));
  portal.answer('GET /slip-years', (_, response) => json(response, 200, { items: [{ year: 2026, slips: 1 }] }));
  portal.answer(`GET /slips/${aSlip}`, (_, response) => json(response, 200, slip));
  portal.answer(
    `GET /slips/${aSlip}/pdf`,
    (_, response) => void response.writeHead(200, { 'Content-Type': 'application/pdf' }).end(pdf),
  );
  return portal;
}

/** Signed in, on the page of a slip. What the system would be given is written down instead. */
async function openSlip() {
  const portal = await startPortal();
  app = await createApp();
  const page = await app.open();
  await app.main.evaluate(({ shell, BrowserWindow }) => {
    const seen = { dragged: [] as unknown[], opened: [] as string[], shown: [] as string[] };
    Object.assign(globalThis, { seen });
    shell.openExternal = (url) => Promise.resolve(void seen.opened.push(url));
    shell.showItemInFolder = (path) => void seen.shown.push(path);
    BrowserWindow.getAllWindows()[0]!.webContents.startDrag = (item) =>
      void seen.dragged.push({ file: item.file, hasIcon: typeof item.icon === 'object' && !item.icon.isEmpty() });
  });
  await choosePortal(page, portal.origin);
  await signIn(page, 'ana@primer.si', 'x');
  await page.getByRole('link', { name: 'Odpri razdelilnik' }).click();
  await page.getByText(secretWords).waitFor();
  return { portal, page };
}

interface Seen {
  readonly dragged: { file: string; hasIcon: boolean }[];
  readonly opened: string[];
  readonly shown: string[];
}
const seen = () => app.main.evaluate(() => Reflect.get(globalThis, 'seen') as Seen);

describe('a page that somebody else has taken over', () => {
  it('has named functions of the bridge, and nothing of Electron or Node', async () => {
    const { page } = await openSlip();
    const found = await page.evaluate(() => {
      const parts = Object.entries(window.desktop as unknown as Record<string, Record<string, unknown>>);
      const members = parts.flatMap(([part, methods]) =>
        Reflect.ownKeys(methods).map((name) => `${part}.${String(name)}: ${typeof methods[name as string]}`),
      );
      const names = [
        'require',
        'process',
        'module',
        'exports',
        'global',
        'Buffer',
        'ipcRenderer',
        'electron',
        '__dirname',
      ];
      // Whatever a function of the bridge has on itself, or answers with, could lead further than meant.
      const insides = parts.flatMap(([, methods]) =>
        Object.values(methods).flatMap((method) => Object.keys(method as object)),
      );
      const tampered = Reflect.set(window.desktop.session, 'signIn', () => 'stolen');
      return {
        members,
        insides,
        has: names.filter((name) => name in window),
        tampered: tampered && String(window.desktop.session.signIn).includes('stolen'),
      };
    });
    expect(found.members.length).toBeGreaterThan(20);
    for (const member of found.members) expect(member).toMatch(/^\w+\.\w+: function$/);
    expect(found).toMatchObject({ insides: [], has: [], tampered: false });
  });

  /** Writes down each way that is tried, and whether it was refused; and whatever is there more than before. */
  const watch = () =>
    app.main.evaluate(({ app: program, BrowserWindow }) => {
      const tried: Record<string, boolean> = {};
      const more: string[] = [];
      Object.assign(globalThis, { tried, more });
      const { webContents } = BrowserWindow.getAllWindows()[0]!;
      webContents.on('will-frame-navigate', (event) => (tried[event.url] = event.defaultPrevented));
      webContents.on('did-frame-navigate', (_event, url) => void (url.includes('.example') && more.push(url)));
      program.on('web-contents-created', (_event, contents) => more.push(contents.getType()));
      webContents.session.on('will-download', (event, item) => (tried[item.getURL()] = event.defaultPrevented));
    });
  const tried = () => app.main.evaluate(() => Reflect.get(globalThis, 'tried') as Record<string, boolean>);
  const more = () => app.main.evaluate(() => Reflect.get(globalThis, 'more') as string[]);
  const refused = (url: string) =>
    expect.poll(async () => (await tried())[url], { ...patience, message: url }).toBe(true);

  it('gets nowhere, and opens nothing', async () => {
    const { page } = await openSlip();
    const before = page.url();
    await watch();
    await page.evaluate(() => {
      const violations: string[] = [];
      Object.assign(window, { violations });
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
    });
    const violations = () => page.evaluate(() => Reflect.get(window, 'violations') as string[]);

    const opened = ['https://open.example/', 'about:blank', 'javascript:1', 'app://iiportal/index.html'];
    expect(await page.evaluate((urls) => urls.map((url) => window.open(url) === null), opened)).not.toContain(false);

    // One after the other: of several in one task Chromium tries the last.
    for (const way of ['href', 'assign', 'replace'] as const) {
      await page.evaluate((name) => {
        if (name === 'href') location.href = 'https://href.example/';
        else location[name](`https://${name}.example/`);
      }, way);
      await refused(`https://${way}.example/`);
    }
    for (const target of ['', '_top', '_self']) {
      const href = `https://link${target}.example/`.replace('_', '-');
      await page.evaluate(
        (given) => {
          const link = Object.assign(document.createElement('a'), given);
          document.body.append(link);
          link.click();
        },
        { href, target },
      );
      await refused(href);
    }
    const stolen = await page.evaluate(() => {
      const href = URL.createObjectURL(new Blob(['stolen']));
      const link = Object.assign(document.createElement('a'), { href, download: 'stolen.exe' });
      document.body.append(link);
      link.click();
      return href;
    });
    await refused(stolen);

    await page.evaluate(() => {
      const form = Object.assign(document.createElement('form'), { action: 'https://form.example/', method: 'post' });
      document.body.append(form);
      form.submit();
    });
    await expect.poll(violations, patience).toContain('form-action');
    const isWebview = await page.evaluate(() => {
      for (const source of ['https://frame.example/', 'file:///etc/passwd', 'data:text/html,x']) {
        document.body.append(Object.assign(document.createElement('iframe'), { src: source }));
      }
      const webview = document.createElement('webview');
      webview.setAttribute('src', 'https://webview.example/');
      document.body.append(webview);
      for (const href of ['mailto:a@b.example', 'tel:+386', 'iiportal://register', 'file:///etc/passwd']) {
        const link = Object.assign(document.createElement('a'), { href, target: '_blank' });
        document.body.append(link);
        link.click();
      }
      return 'loadURL' in webview;
    });
    expect(isWebview).toBe(false);
    await expect.poll(violations, patience).toContain('frame-src');
    await page.evaluate(() => (location.href = 'https://last.example/'));
    await refused('https://last.example/');

    expect(Object.values(await tried())).not.toContain(false);
    expect(await more()).toEqual([]);
    expect(page.url()).toBe(before);
    expect((await seen()).opened).toEqual([]);
  });

  it('does not go where a link that is dropped on it leads', async () => {
    const { page } = await openSlip();
    const before = page.url();
    await watch();
    const devTools = await page.context().newCDPSession(page);
    const data = { items: [{ mimeType: 'text/uri-list', data: 'https://dropped.example/' }], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await devTools.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
    }
    await page.evaluate(() => (location.href = 'https://after.example/'));
    await refused('https://after.example/');
    expect(Object.values(await tried())).not.toContain(false);
    expect(await more()).toEqual([]);
    expect(page.url()).toBe(before);
  });

  it('gets no device and no permission, in any session', async () => {
    const { page } = await openSlip();
    const asked = await page.evaluate(async () => {
      const ask = (name: string, method: string, argument: unknown) =>
        Promise.resolve()
          .then(() => {
            const part = Reflect.get(navigator, name) as
              Record<string, (given: unknown) => Promise<unknown>> | undefined;
            return part?.[method]?.(argument);
          })
          .then((got) => (got === undefined || (Array.isArray(got) && got.length === 0) ? 'none' : 'got'))
          .catch(() => 'none');
      return Promise.all([
        ask('usb', 'requestDevice', { filters: [] }),
        ask('hid', 'requestDevice', { filters: [] }),
        ask('serial', 'requestPort', {}),
        ask('bluetooth', 'requestDevice', { acceptAllDevices: true }),
        ask('mediaDevices', 'getUserMedia', { video: true, audio: true }),
        ask('mediaDevices', 'getDisplayMedia', { video: true }),
        ask('clipboard', 'read', undefined),
        Notification.requestPermission().then((state) => (state === 'denied' ? 'none' : 'got')),
        new Promise((resolve) =>
          navigator.geolocation.getCurrentPosition(
            () => resolve('got'),
            () => resolve('none'),
          ),
        ),
      ]);
    });
    expect(asked).toEqual(Array<string>(9).fill('none'));
    const elsewhere = await app.main.evaluate(async ({ BrowserWindow }) => {
      const other = new BrowserWindow({ show: false, webPreferences: { partition: 'made-later', sandbox: true } });
      await other.loadURL('data:text/html,x');
      const names = ['camera', 'microphone', 'geolocation', 'notifications', 'midi', 'clipboard-read'];
      const script = `Promise.all(${JSON.stringify(names)}.map((name) => navigator.permissions.query({ name }).then(({ state }) => state)))`;
      const states = (await other.webContents.executeJavaScript(script)) as string[];
      other.destroy();
      return states;
    });
    expect(elsewhere).toEqual(Array<string>(6).fill('denied'));
  });

  it('begins no mail but to the office, and opens no page but the portal’s', async () => {
    const { page } = await openSlip();
    const open = (link: string) => page.evaluate((given) => window.desktop.shell.openLink(given), link);
    for (const link of ['https://example.com/', 'mailto:tujec@example.com', 'file:///etc/passwd', 'javascript:1']) {
      expect(await open(link), link).toMatchObject({ ok: false, problem: { code: 'forbidden' } });
    }
    expect(await open('mailto:pisarna@vzorec.si')).toEqual({ ok: true, value: null });
    expect((await seen()).opened).toEqual(['mailto:pisarna@vzorec.si']);
  });
});

it('leaves nothing of a slip in what Chromium keeps', async () => {
  const { page } = await openSlip();
  await page.getByRole('button', { name: 'Pokaži PDF' }).click();
  await page.locator('iframe[title^="PDF razdelilnika"]').waitFor();
  await expect.poll(() => page.frames().length, patience).toBeGreaterThan(1);
  await page.evaluate((id) => fetch(`/api/v1/slips/${id}/pdf`).then((answer) => answer.arrayBuffer()), aSlip);
  await page.getByRole('link', { name: 'Razdelilniki', exact: true }).click();
  await page.getByText('R-17').or(page.getByText('oktober 2026')).first().waitFor();
  await app.close();
  for (const words of [secretWords, 'Šmartinska cesta 152', '%PDF-', '104217', 'token-1']) {
    expect(await filesWith(app.profile, words), words).toEqual([]);
  }
  // What is searched is really written: the folder has Chromium's own files, too.
  expect(existsSync(join(app.profile, 'Local Storage')) || existsSync(join(app.profile, 'Preferences'))).toBe(true);
});

it('hands a PDF over by hand, and shows where a file was saved', async () => {
  const { page } = await openSlip();
  const folder = await mkdtemp(join(tmpdir(), 'iiportal-saved-'));
  await app.saveTo(join(folder, 'razdelilnik.pdf'));
  await page.getByRole('button', { name: 'Shrani PDF' }).click();
  await page.getByRole('button', { name: 'Pokaži v mapi' }).click();
  await expect.poll(async () => (await seen()).shown, patience).toEqual([join(folder, 'razdelilnik.pdf')]);
  await rm(folder, { recursive: true });

  const box = (await page.getByText('Povlecite PDF').boundingBox())!;
  await page.mouse.move(box.x + 10, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y + 60, { steps: 5 });
  await expect.poll(async () => (await seen()).dragged, patience).toHaveLength(1);
  await page.mouse.up();
  const [{ file, hasIcon } = { file: '', hasIcon: false }] = (await seen()).dragged;
  expect({ hasIcon, name: basename(file) }).toEqual({ hasIcon: true, name: 'razdelilnik-2026-10-R-17.pdf' });
  expect((await readFile(file)).equals(pdf)).toBe(true);
  await page.evaluate(() => window.desktop.session.signOut());
  expect(existsSync(file)).toBe(false);
});

it('refuses a server whose certificate nobody vouches for, and says so', async () => {
  const untrusted = await startUntrustedPortal();
  app = await createApp();
  const page = await app.open();
  await page.getByLabel('Naslov portala').fill(untrusted.origin);
  await page.getByRole('button', { name: 'Nadaljuj' }).click();
  await page.getByText('strežnik nima veljavnega potrdila').waitFor();
  expect(untrusted.asked()).toBe(0);
});

describe("under an administrator's policy", () => {
  let folder: string;
  afterEach(() => rm(folder, { recursive: true }));

  async function openWith(policy: string) {
    folder = await mkdtemp(join(tmpdir(), 'iiportal-policy-'));
    const file = join(folder, 'policy.json');
    await writeFile(file, policy, { mode: 0o644 });
    app = await createApp({ IIPORTAL_POLICY_FILE: file });
    return app.open();
  }

  it('asks for no address: the pinned portal is there', async () => {
    const portal = await startPortal();
    const page = await openWith(JSON.stringify({ portal: portal.origin, setBy: 'Služba za informatiko' }));
    await page.getByRole('button', { name: 'Prijava' }).waitFor();
    expect(await page.getByText('Spremeni naslov').count()).toBe(0);
    const set = await page.evaluate(() => window.desktop.portal.set('https://portal.drugi.si'));
    expect(set).toMatchObject({ ok: false, problem: { code: 'portal_pinned' } });
    await page.getByRole('link', { name: 'Ta računalnik' }).click();
    await page.getByText('Določil ga je: Služba za informatiko.').waitFor();
  });

  it('reaches no portal while the policy is damaged, and says why', async () => {
    const page = await openWith('{ "portal": ');
    await page.getByRole('alert').getByText('skrbnik').first().waitFor();
    expect(await page.getByLabel('Naslov portala').count()).toBe(0);
  });
});
