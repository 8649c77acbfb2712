import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp, type App } from './app.ts';

let app: App;

beforeAll(async () => {
  app = await createApp();
  const page = await app.open();
  // The window is there before its first screen: until then the app itself is still on its way to a page.
  await page.getByRole('heading', { level: 1 }).waitFor();
});

afterAll(() => app.remove());

it('brings the window forward when the program is started again, which then ends by itself', async () => {
  await app.main.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0]!;
    Object.assign(globalThis, { timesFocused: 0 });
    // A display without a window manager focuses nothing: what counts is that the window was asked to.
    window.focus = () =>
      void Reflect.set(globalThis, 'timesFocused', Number(Reflect.get(globalThis, 'timesFocused')) + 1);
  });
  expect(await app.startAgain()).toBe(0);
  const after = await app.main.evaluate(({ BrowserWindow }) => ({
    windows: BrowserWindow.getAllWindows().length,
    timesFocused: Reflect.get(globalThis, 'timesFocused') as number,
  }));
  expect(after).toEqual({ windows: 1, timesFocused: 1 });
});

it('stays on its own pages: nothing opens, nothing is navigated to', async () => {
  const { page } = app;
  const before = page.url();
  await page.evaluate(() => {
    window.open('https://example.com/');
    for (const href of ['https://example.com/', 'mailto:a@b.si', 'tel:+386', 'file:///etc/passwd', 'app://other/']) {
      const link = document.createElement('a');
      link.href = href;
      link.click();
    }
  });
  await page.waitForTimeout(300);
  expect(page.url()).toBe(before);
  expect(await app.main.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

it('gives its pages no permission but to copy, and no way out', async () => {
  const found = await app.page.evaluate(async () => {
    const names = ['camera', 'microphone', 'geolocation', 'notifications', 'clipboard-read'];
    const states = names.map((name) => navigator.permissions.query({ name: name as PermissionName }));
    const elsewhere = await fetch('https://example.com/').catch(() => 'blocked');
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.head.append(script);
    const run = 'ran' in window;
    return { states: (await Promise.all(states)).map(({ state }) => state), elsewhere, run, node: 'require' in window };
  });
  expect(found).toEqual({ states: Array<string>(5).fill('denied'), elsewhere: 'blocked', run: false, node: false });
});

/** Does something to the window's page in the main process, and answers where it is and what it says once it is there. */
async function afterwards(what: 'crash' | 'hang' | 'go on'): Promise<{ url: string; heading: string }> {
  return await app.main.evaluate(async ({ BrowserWindow }, deed) => {
    const window = BrowserWindow.getAllWindows()[0]!;
    const { webContents } = window;
    const isThere = new Promise<void>((resolve) => webContents.once('did-finish-load', () => resolve()));
    if (deed === 'crash') webContents.forcefullyCrashRenderer();
    else if (deed === 'hang') window.emit('unresponsive');
    else await webContents.executeJavaScript("document.querySelector('main:target a').click()");
    await isThere;
    // The first screen is drawn some time after its document is there.
    const heading = (await webContents.executeJavaScript(`new Promise((resolve) => {
      const look = () => document.querySelector('main:target h1') ?? document.querySelector('h1');
      const wait = () => (look() ? resolve(look().textContent.trim()) : setTimeout(wait, 50));
      wait();
    })`)) as string;
    return { url: webContents.getURL(), heading };
  }, what);
}

/** What the system's dialogs said; each is answered with its button of that number. */
async function answerDialogs(response: number): Promise<void> {
  await app.main.evaluate(({ dialog }, chosen) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = ((options: { message: string }) => {
      asked.push(options.message);
      return Promise.resolve({ response: chosen, checkboxChecked: false });
    }) as typeof dialog.showMessageBox;
  }, response);
}
const dialogs = () => app.main.evaluate(() => Reflect.get(globalThis, 'asked') as string[]);

it('offers to go on when its page has crashed, and the third time asks outside of it', async () => {
  // A slow machine must not take more than the minute that counts.
  await app.main.evaluate(() => {
    const moment = performance.now();
    performance.now = () => moment;
  });
  const broken = { url: 'app://iiportal/broken.html#sl', heading: 'Program se je nepričakovano ustavil' };
  expect(await afterwards('crash')).toEqual(broken);
  const again = await afterwards('go on');
  expect(again).toMatchObject({ url: expect.stringContaining('app://iiportal/index.html') as string });
  expect(again.heading).not.toBe(broken.heading);
  expect(await afterwards('crash')).toEqual(broken);
  await answerDialogs(0);
  expect(await afterwards('crash')).toMatchObject({ heading: again.heading });
  expect(await dialogs()).toEqual(['Program se znova in znova ustavlja']);
});

it('loads a page again that does not respond, when the person wants that', async () => {
  await answerDialogs(1);
  expect((await afterwards('hang')).url).toContain('app://iiportal/index.html');
  expect(await dialogs()).toEqual(['Program se ne odziva']);
});
