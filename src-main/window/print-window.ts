import { once } from 'node:events';
import { BrowserWindow } from 'electron';
import type { PrintPdf } from '../files/documents.ts';
import { ProblemError } from '../gateway/problems.ts';
import type { Logger } from '../log.ts';

export interface PrintWindowDeps {
  /** The dialog belongs to it. */
  readonly parent: () => BrowserWindow | null;
  readonly log: Logger;
}

const patienceMs = 20_000;

/** What Electron says when the person closes the dialog; it has no code. */
const calledOff = /cancell?ed/i;

/**
 * Prints by way of Chromium's own PDF viewer in a window that is never seen, locked down like all others. The viewer is
 * ready some time after its page: printed sooner, the paper would be blank.
 */
export function createPrintPdf({ parent, log }: PrintWindowDeps): PrintPdf {
  async function load(window: BrowserWindow, address: string): Promise<void> {
    const signal = AbortSignal.timeout(patienceMs);
    // Electron's own tests wait for this event; its types do not know it.
    const ready = once(window.webContents, '-pdf-ready-to-print', { signal });
    await Promise.all([ready, window.loadURL(address)]);
  }

  const print = (window: BrowserWindow): Promise<string | null> =>
    new Promise((resolve) => {
      // Not smaller than it is: the UPN form on the slip has its size from the standard.
      const options = { silent: false, printBackground: true, margins: { marginType: 'none' } } as const;
      window.webContents.print(options, (isDone, why) => resolve(isDone ? null : why));
    });

  return async (address) => {
    const owner = parent();
    const window = new BrowserWindow({
      show: false,
      ...(owner && { parent: owner }),
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        plugins: true,
        devTools: false,
      },
    });
    try {
      await load(window, address);
      const why = await print(window);
      if (why === null) return true;
      if (calledOff.test(why)) return false;
      throw new Error(why);
    } catch (cause) {
      log.error('not_printed', { cause });
      throw new ProblemError('printer_failed', { cause });
    } finally {
      window.destroy();
    }
  };
}
