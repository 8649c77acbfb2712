import { afterEach, describe, expect, it, vi } from 'vitest';
import { effectScope, ref } from 'vue';
import type { EffectScope } from 'vue';
import { mayLeave, useLeaveGuard } from '../../../src-renderer/shared/composables/use-leave-guard.ts';

let scope: EffectScope;

function guarded() {
  const isAtStake = ref(true);
  const giveUp = vi.fn(() => void (isAtStake.value = false));
  scope = effectScope();
  const guard = scope.run(() => useLeaveGuard(() => isAtStake.value, giveUp));
  if (!guard) throw new Error('the scope is not active');
  return { ...guard, isAtStake, giveUp };
}

afterEach(() => scope.stop());

describe('leave guard', () => {
  it('lets go when nothing is at stake', async () => {
    const { isAtStake, asking } = guarded();
    isAtStake.value = false;
    await expect(mayLeave()).resolves.toBe(true);
    expect(asking.value).toBe(false);
  });

  it('asks, and keeps the person who closes the question', async () => {
    const { asking, giveUp } = guarded();
    const answer = mayLeave();
    expect(asking.value).toBe(true);
    asking.value = false;
    await expect(answer).resolves.toBe(false);
    expect(giveUp).not.toHaveBeenCalled();
  });

  it('lets go and gives up what was at stake when it is confirmed, and does not ask twice', async () => {
    const { leave, giveUp, asking } = guarded();
    const answer = mayLeave();
    leave();
    await expect(answer).resolves.toBe(true);
    expect(giveUp).toHaveBeenCalledOnce();
    await expect(mayLeave()).resolves.toBe(true);
    expect(asking.value).toBe(false);
  });

  it('answers an earlier question with no when it is asked again', async () => {
    const { leave } = guarded();
    const first = mayLeave();
    const second = mayLeave();
    leave();
    await expect(first).resolves.toBe(false);
    await expect(second).resolves.toBe(true);
  });

  it('keeps nobody waiting once the page is gone', async () => {
    guarded();
    const answer = mayLeave();
    scope.stop();
    await expect(answer).resolves.toBe(true);
    await expect(mayLeave()).resolves.toBe(true);
  });
});
