import { deepLinkScheme, parseDeepLink } from '../../contract/deep-link.ts';
import type { RegistrationLink } from '../../contract/deep-link.ts';
import type { Logger } from '../log.ts';

/**
 * Links that the system gives the program, from a letter or a mail. Anybody can make one, so they do nothing: the
 * window is shown what they say, and the person decides.
 */
export interface DeepLinks {
  /** A link, or the arguments that the program was started with, where Windows and Linux put one. */
  receive(given: string | readonly string[]): void;
  /** The newest link; it is given once. */
  take(): RegistrationLink | null;
}

export interface DeepLinksDeps {
  /** A link is there to be taken. */
  readonly onLink: () => void;
  readonly log: Logger;
}

const isLink = (text: string): boolean => text.toLowerCase().startsWith(`${deepLinkScheme}:`);

export function createDeepLinks({ onLink, log }: DeepLinksDeps): DeepLinks {
  let waiting: RegistrationLink | null = null;

  return {
    receive(given) {
      const links = [given].flat().filter(isLink);
      if (links.length === 0) return;
      // The system passes one; with more of them somebody else has made up the command line.
      const link = links.length === 1 ? parseDeepLink(links[0] ?? '') : undefined;
      if (!link) return log.warn('link_refused');
      waiting = link;
      onLink();
    },

    take() {
      const link = waiting;
      waiting = null;
      return link;
    },
  };
}
