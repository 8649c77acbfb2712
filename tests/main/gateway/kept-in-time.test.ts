import { describe, expect, test, vi } from 'vitest';
import { createKeptInTime } from '../../../src-main/gateway/kept-in-time.ts';
import { NotAPortal, Unreachable } from '../../../src-main/gateway/portal-client.ts';
import { eventually } from '../../helpers/eventually.ts';

/** A promise that the test settles. */
function pending<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((...settle) => ([resolve, reject] = settle));
  return { promise, resolve: (value: T) => resolve(value), reject: (error: Error) => reject(error) };
}

const kept = () => Promise.resolve('kept' as string | null);
const nothing = () => Promise.resolve(null as string | null);

describe('an answer in time', () => {
  test('is the portal’s own, and nothing kept is looked for, when it comes at once', async () => {
    const look = vi.fn(kept);
    const onSlow = vi.fn();
    expect(await createKeptInTime(60_000, onSlow)(() => Promise.resolve('fresh'), look)).toBe('fresh');
    expect([look, onSlow].map((each) => each.mock.calls)).toEqual([[], []]);
  });

  test('is the kept one when the portal is slow; a portal that was slow is waited for the next time', async () => {
    const slow = pending<string>();
    const onSlow = vi.fn();
    const inTime = createKeptInTime(1, onSlow);
    expect(await inTime(() => slow.promise, kept)).toBe('kept');
    expect(onSlow).toHaveBeenCalledOnce();
    slow.reject(new Error('in vain: nobody waits for it any more'));
    const next = pending<string>();
    const answer = inTime(() => next.promise, kept);
    // The patience would be over by far.
    await new Promise((resolve) => setTimeout(resolve, 50));
    next.resolve('fresh');
    expect(await answer).toBe('fresh');
  });

  test('is waited for when nothing was kept', async () => {
    const slow = pending<string>();
    const look = vi.fn(nothing);
    const answer = createKeptInTime(1, () => undefined)(() => slow.promise, look);
    await eventually(() => expect(look).toHaveBeenCalled());
    slow.resolve('fresh');
    expect(await answer).toBe('fresh');
  });

  test.each([new Unreachable('no network'), new NotAPortal('a hotel')])(
    'is the kept one when there is no portal: %s',
    async (error) => {
      const inTime = createKeptInTime(60_000, () => undefined);
      expect(await inTime(() => Promise.reject(error), kept)).toBe('kept');
      await expect(inTime(() => Promise.reject(error), nothing)).rejects.toBe(error);
    },
  );

  test('is no kept one when something else went wrong', async () => {
    const error = new Error('a fault of ours');
    const answer = createKeptInTime(60_000, () => undefined)(() => Promise.reject(error), kept);
    await expect(answer).rejects.toBe(error);
  });
});
