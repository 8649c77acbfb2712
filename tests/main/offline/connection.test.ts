import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBackOff } from '../../../src-main/offline/back-off.ts';
import { createConnection } from '../../../src-main/offline/connection.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const firstMs = 2000;

function set() {
  let isThere = false;
  let isOnline = true;
  const probe = vi.fn(() => (isThere ? Promise.resolve() : Promise.reject(new Error('nobody'))));
  const onBack = vi.fn();
  const connection = createConnection({ probe, isOnline: () => isOnline, firstMs, onBack });
  const change = (there: boolean, online = true) => {
    isThere = there;
    isOnline = online;
  };
  return { connection, probe, onBack, change };
}

describe('a lost connection', () => {
  test('is looked for after 2, 4, 8, 16 seconds, then each half minute, until it is back; that is told once', async () => {
    const { connection, probe, onBack, change } = set();
    connection.lost();
    connection.lost();
    const begun = Date.now();
    const looks: number[] = [];
    probe.mockImplementation(() => {
      looks.push((Date.now() - begun) / 1000);
      return looks.length < 7 ? Promise.reject(new Error('nobody')) : Promise.resolve();
    });
    change(true);
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(looks).toEqual([2, 6, 14, 30, 60, 90, 120]);
    expect(onBack).toHaveBeenCalledOnce();
    expect(connection.isLost()).toBe(false);
  });

  test('is back with the first answer that anybody gets', async () => {
    const { connection, probe, onBack } = set();
    connection.reached();
    expect(onBack).not.toHaveBeenCalled();
    connection.lost();
    connection.reached();
    expect(onBack).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(probe).not.toHaveBeenCalled();
  });

  test('is looked for at once when the system says that there is a network, and not while it surely has none', async () => {
    const { connection, probe, onBack, change } = set();
    await connection.look();
    expect(probe, 'nothing was lost').not.toHaveBeenCalled();
    connection.lost();
    change(true, false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(probe).not.toHaveBeenCalled();
    change(true, true);
    await connection.look();
    expect(onBack).toHaveBeenCalledOnce();
  });
});

describe('a portal that breaks off each time', () => {
  test('is asked again after nothing, 5, 10, 20 ... seconds, five minutes at the most', () => {
    const backOff = createBackOff();
    const waits = Array.from({ length: 9 }, () => {
      backOff.failed(0);
      const remaining = backOff.remainingMs();
      vi.advanceTimersByTime(remaining);
      return Math.round(remaining / 1000);
    });
    expect(waits).toEqual([0, 5, 10, 20, 40, 80, 160, 300, 300]);
    backOff.reset();
    backOff.failed(60_000);
    expect(Math.round(backOff.remainingMs() / 1000), 'as the portal wants').toBe(60);
  });
});
