import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp, type App } from './app.ts';

let app: App;

beforeAll(async () => {
  app = await createApp();
  await app.open();
});

afterAll(() => app.remove());

it('ends by itself and brings the window of the first start forward', async () => {
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
