import type { BrowserWindow, MessageBoxOptions, MessageBoxReturnValue } from 'electron';
import type { Language } from '../../contract/registrations.ts';
import { appOrigin } from '../gateway/app-protocol.ts';
import type { Logger } from '../log.ts';

export interface RescueDeps {
  readonly window: BrowserWindow;
  readonly language: () => Language;
  /** The system's own dialog: it is there when no page can be shown. */
  readonly ask: (options: MessageBoxOptions) => Promise<MessageBoxReturnValue>;
  readonly copyDiagnostics: () => Promise<void>;
  readonly quit: () => void;
  readonly log: Logger;
  readonly now?: () => number;
}

const words = {
  sl: {
    again: 'Program se znova in znova ustavlja',
    againDetail:
      'Zaženite računalnik znova in poskusite še enkrat. Če ne pomaga, kopirajte podatke za pomoč in jih pošljite upravniku. V njih ni imen, zneskov ali gesel.',
    retry: 'Poskusi znova',
    copy: 'Kopiraj podatke za pomoč',
    close: 'Zapri program',
    stuck: 'Program se ne odziva',
    stuckDetail:
      'Lahko počakate še nekaj trenutkov. Če stran naložite znova, boste morali ponoviti, kar niste shranili.',
    wait: 'Počakaj',
    reload: 'Naloži znova',
  },
  en: {
    again: 'The program keeps stopping',
    againDetail:
      'Restart the computer and try once more. If that does not help, copy the details for support and send them to the manager. They hold no names, amounts or passwords.',
    retry: 'Try again',
    copy: 'Copy details for support',
    close: 'Close the program',
    stuck: 'The program does not respond',
    stuckDetail:
      'You can wait a little longer. If you reload the page, you will have to repeat what you have not saved.',
    wait: 'Wait',
    reload: 'Reload',
  },
} as const;

/** The page that offers to go on; it has both languages and no program of its own: src-renderer/broken.html. */
export const brokenPage = (language: Language) => `${appOrigin}/broken.html#${language}`;
const firstPage = `${appOrigin}/index.html`;

const tooManyGone = 3;
const withinMs = 60_000;

/**
 * What becomes of a window whose page is gone or stuck. Gone: a page says so and offers to go on; the third time within
 * a minute the system's dialog does, so that nothing turns in circles. Stuck: the person may wait or load it again.
 */
export function rescue(deps: RescueDeps): void {
  const { window, language, ask, log, now = () => performance.now() } = deps;
  let gone: number[] = [];
  let isLoadedAgain = false;
  let isAsking = false;

  const show = (address: string) =>
    void window.loadURL(address).catch((error: unknown) => log.warn('page_not_shown', { error }));

  async function lastResort(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    const { again, againDetail, retry, copy, close } = words[language()];
    const buttons = [retry, copy, close];
    const options = { type: 'error', message: again, detail: againDetail, buttons, cancelId: 2, noLink: true } as const;
    let { response } = await ask({ ...options, buttons });
    while (response === 1) {
      await deps.copyDiagnostics();
      ({ response } = await ask({ ...options, buttons }));
    }
    isAsking = false;
    if (response !== 0) return deps.quit();
    gone = [];
    show(firstPage);
  }

  async function stuck(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    const { stuck: message, stuckDetail: detail, wait, reload } = words[language()];
    const over = new AbortController();
    const end = () => over.abort();
    window.once('responsive', end);
    const { response } = await ask({
      ...{ type: 'warning', message, detail, noLink: true, signal: over.signal },
      ...{ buttons: [wait, reload], defaultId: 0, cancelId: 0 },
    });
    isAsking = false;
    if (window.isDestroyed()) return;
    window.off('responsive', end);
    if (response !== 1) return;
    isLoadedAgain = true;
    // A page that is stuck cannot be led away from.
    window.webContents.forcefullyCrashRenderer();
  }

  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log.error('page_gone', { reason, exitCode });
    if (isLoadedAgain) {
      isLoadedAgain = false;
      return show(firstPage);
    }
    gone = [...gone.filter((moment) => now() - moment < withinMs), now()];
    if (gone.length < tooManyGone) return show(brokenPage(language()));
    lastResort().catch((error: unknown) => log.error('not_rescued', { error }));
  });
  window.on('unresponsive', () => {
    log.warn('page_stuck');
    stuck().catch((error: unknown) => log.error('not_rescued', { error }));
  });
}
