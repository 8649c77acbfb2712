import type { MessageBoxOptions, MessageBoxReturnValue } from 'electron';
import type { Language } from '../../contract/registrations.ts';

export interface StartFailedDeps {
  readonly language: Language;
  readonly ask: (options: MessageBoxOptions) => Promise<Pick<MessageBoxReturnValue, 'response'>>;
  readonly copy: (text: string) => void;
  /** What there is to send when nothing has started: versions and the end of the log. */
  readonly diagnostics: () => Promise<string>;
}

const words = {
  sl: {
    message: 'iiPortal se ni mogel zagnati',
    detail:
      'Poskusite ga zagnati znova. Če ne pomaga, kopirajte podatke za pomoč in jih pošljite upravniku. V njih ni imen, zneskov ali gesel.',
    copy: 'Kopiraj podatke za pomoč',
    close: 'Zapri',
  },
  en: {
    message: 'iiPortal could not start',
    detail:
      'Try to start it again. If that does not help, copy the details for support and send them to the manager. They hold no names, amounts or passwords.',
    copy: 'Copy details for support',
    close: 'Close',
  },
} as const;

/** Tells the person that nothing will come, instead of ending without a word; resolves when they have closed it. */
export async function sayStartFailed({ language, ask, copy, diagnostics }: StartFailedDeps): Promise<void> {
  const { message, detail, copy: copying, close } = words[language];
  const options = { type: 'error', message, detail, buttons: [copying, close], cancelId: 1, noLink: true } as const;
  while ((await ask({ ...options, buttons: [...options.buttons] })).response === 0) copy(await diagnostics());
}
