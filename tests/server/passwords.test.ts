import { expect, it } from 'vitest';
import { ApiError } from '../../server/http/api-error.ts';
import { createPasswords } from '../../server/passwords/passwords.ts';

it('refuses more work than could be done while anybody waits, and goes on with what there is', async () => {
  const passwords = createPasswords(4, 1);
  try {
    const tries = await Promise.allSettled(Array.from({ length: 300 }, () => passwords.verify('geslo', undefined)));
    const refused = tries.filter((one) => one.status === 'rejected').map(({ reason }) => reason as unknown);
    expect(refused.length).toBeGreaterThan(50);
    expect(tries.length - refused.length).toBeGreaterThanOrEqual(200);
    expect(refused.every((error) => error instanceof ApiError && error.code === 'unavailable')).toBe(true);
    expect(await passwords.verify('geslo', await passwords.hash('geslo'))).toBe(true);
  } finally {
    await passwords.close();
  }
});
