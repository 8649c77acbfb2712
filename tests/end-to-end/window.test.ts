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

it('comes back after its page has crashed', async () => {
  const title = await app.main.evaluate(async ({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    const isBack = new Promise<void>((resolve) => webContents.once('did-finish-load', () => resolve()));
    webContents.forcefullyCrashRenderer();
    await isBack;
    return webContents.getTitle();
  });
  expect(title).toBe('iiPortal');
});
