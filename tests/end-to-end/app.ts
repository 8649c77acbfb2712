import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { inject } from 'vitest';

/** The real application with a profile of its own, opened and closed as often as the story wants. */
export interface App {
  /** Of the open window. */
  readonly page: Page;
  readonly profile: string;
  /** The main process, while it is open. */
  readonly main: Pick<ElectronApplication, 'evaluate' | 'windows' | 'waitForEvent'>;
  /**
   * Starts the program once more with the same profile, as the system does for a link; answers the exit code, when it
   * has ended by itself.
   */
  startAgain(...more: string[]): Promise<number | null>;
  /** With more arguments than usual: a link, for example. */
  open(...more: string[]): Promise<Page>;
  close(): Promise<void>;
  /** As if the person came back to the window: a display without a window manager focuses nothing. */
  focus(): Promise<void>;
  /** What the next save dialogs answer: choosing a place is the system's part, not ours. */
  saveTo(file: string): Promise<void>;
  /** A picture of the window, for whoever must find out why a test failed. */
  picture(file: string): Promise<void>;
  remove(): Promise<void>;
}

/** A busy machine needs a while for what a person does not even see. */
const patienceMs = 60_000;

/**
 * @param more what its environment has besides, or instead of, the session of all tests: a keyring of its own
 * @param disk the folder in which its own is, instead of the one for temporary files
 */
export async function createApp(more: Record<string, string> = {}, disk = tmpdir()): Promise<App> {
  const { electron, flags, ...desktop } = inject('desktop');
  const env = { ...desktop.env, ...more };
  const profile = await mkdtemp(join(disk, 'iiportal-profile-'));
  let application: ElectronApplication | null = null;
  let page: Page | null = null;

  const args = [...flags, process.cwd(), `--user-data-dir=${profile}`, '--lang=sl'];

  const opened = () => {
    if (!application || !page) throw new Error('the application is not open');
    return { application, page };
  };

  async function close(): Promise<void> {
    await application?.close();
    application = null;
    page = null;
  }

  return {
    profile,
    get page() {
      return opened().page;
    },
    get main() {
      return opened().application;
    },
    startAgain: async (...more) => {
      const second = spawn(electron, [...args, ...more], {
        env,
        stdio: 'ignore',
        timeout: patienceMs,
        killSignal: 'SIGKILL',
      });
      const [code] = (await once(second, 'exit')) as [number | null];
      return code;
    },
    open: async (...more) => {
      application = await _electron.launch({ executablePath: electron, args: [...args, ...more], env });
      page = await application.firstWindow();
      page.setDefaultTimeout(patienceMs);
      return page;
    },
    close,
    focus: () =>
      opened().application.evaluate(({ app, BrowserWindow }) => {
        app.emit('browser-window-focus', {}, BrowserWindow.getAllWindows()[0]);
      }),
    saveTo: (file) =>
      opened().application.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
      }, file),
    picture: async (file) => {
      await page?.screenshot({ path: file }).catch(() => undefined);
    },
    remove: async () => {
      await close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
