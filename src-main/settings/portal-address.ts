import { problemOf, ProblemError } from '../gateway/problems.ts';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The origin that a typed address means: `portal.vzorec.si` is https. http is for this very computer alone, because a
 * password and a session travel there. Null when it is no such address.
 */
export function portalOrigin(typed: string): string | null {
  const text = typed.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  let url: URL;
  try {
    url = new URL(withScheme);
  } catch {
    return null;
  }
  if (url.username || url.password || !url.hostname) return null;
  const allowed = url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname));
  return allowed ? url.origin : null;
}

/** Whether the portal's server runs here: for trying the program out. */
export const isOnThisComputer = (origin: string | null): boolean =>
  origin !== null && loopback.test(new URL(origin).hostname);

/** The same for the bridge: fails with `invalid_request` that names the field. */
export function requirePortalOrigin(typed: string): string {
  const origin = portalOrigin(typed);
  if (!origin) throw new ProblemError(problemOf('invalid_request', [{ path: 'address', rule: 'address' }]));
  return origin;
}
