import type { ApiKey } from '../../../contract/api-keys.ts';

export type KeyState = 'live' | 'revoked' | 'expired';

export const keyTones = { live: 'paid', revoked: 'quiet', expired: 'quiet' } as const satisfies Record<
  KeyState,
  string
>;

export function keyState({ revokedAt, expiresAt }: ApiKey, now: number = Date.now()): KeyState {
  if (revokedAt !== null) return 'revoked';
  return Date.parse(expiresAt) <= now ? 'expired' : 'live';
}
