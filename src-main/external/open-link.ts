import { ProblemError } from '../gateway/problems.ts';
import type { Logger } from '../log.ts';
import type { KnownOffices } from './known-offices.ts';

/** Gives an address to the system, which opens it in the program that it has for such. */
export type OpenExternal = (url: string) => Promise<void>;

export interface Destinations {
  /** The portal that this program works with. */
  readonly portal: string | null;
  readonly offices: Pick<KnownOffices, 'has'>;
}

/** What an address is written with. Parsers drop, or read otherwise, tabs, line ends, backslashes and other letters. */
const printable = /^[\x21-\x5b\x5d-\x7e]{1,500}$/;

/**
 * The address that the system may be given for this one, or null. A page of the portal over https, or a new mail to an
 * office that the portal has named. What the system gets is put together anew from what was understood, and is nothing
 * that only looked like it.
 */
export function allowedLink(text: string, { portal, offices }: Destinations): string | null {
  if (!printable.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol === 'mailto:') {
    const address = url.pathname.toLowerCase();
    return `mailto:${address}` === url.href.toLowerCase() && offices.has(address) ? `mailto:${address}` : null;
  }
  if (url.protocol !== 'https:' || url.username || url.password) return null;
  return url.origin === portal ? url.href : null;
}

export interface OpenLinkDeps {
  readonly portal: () => string | null;
  readonly offices: Pick<KnownOffices, 'has'>;
  readonly openExternal: OpenExternal;
  readonly log: Logger;
}

/** Fails with `forbidden`, or with `no_program` where the system has nothing to open it with. */
export function createOpenLink({ portal, offices, openExternal, log }: OpenLinkDeps) {
  return async function openLink(text: string): Promise<null> {
    const link = allowedLink(text, { portal: portal(), offices });
    if (link === null) {
      log.warn('link_not_opened');
      throw new ProblemError('forbidden');
    }
    try {
      await openExternal(link);
    } catch (cause) {
      log.warn('no_program_for_link', { cause });
      throw new ProblemError('no_program', { cause });
    }
    return null;
  };
}

export type OpenLink = ReturnType<typeof createOpenLink>;
