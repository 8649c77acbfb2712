import { onScopeDispose, ref, watch } from 'vue';

type Guard = () => boolean | Promise<boolean>;

const guards = new Set<Guard>();

/**
 * Whether everything on the page lets the person go. Asked by the router before each change of page, and by the shell
 * before what takes the page away without one.
 */
export async function mayLeave(): Promise<boolean> {
  for (const guard of guards) if (!(await guard())) return false;
  return true;
}

/**
 * Asks before something would be lost: bind `asking` to a ConfirmDialog, and call `leave` when it is confirmed.
 * `giveUp` then drops what was at stake, so that nobody is asked twice.
 */
export function useLeaveGuard(isAtStake: () => boolean, giveUp: () => void) {
  const asking = ref(false);
  let answer: ((leaves: boolean) => void) | null = null;

  function settle(leaves: boolean): void {
    const waiting = answer;
    // Closing the question is an answer of its own: this one goes first.
    answer = null;
    asking.value = false;
    waiting?.(leaves);
  }

  const guard: Guard = () => {
    if (!isAtStake()) return true;
    settle(false);
    asking.value = true;
    return new Promise<boolean>((resolve) => (answer = resolve));
  };

  function leave(): void {
    giveUp();
    settle(true);
  }

  guards.add(guard);
  watch(asking, (isOpen) => !isOpen && settle(false), { flush: 'sync' });
  onScopeDispose(() => {
    guards.delete(guard);
    // The page went away by itself (the session ended): whoever waits for the answer must not wait for ever.
    settle(true);
  });

  return { asking, leave };
}
