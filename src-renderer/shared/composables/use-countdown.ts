import { onScopeDispose, ref } from 'vue';

/** Whole seconds until something is allowed again; 0: now. */
export function useCountdown() {
  const left = ref(0);
  let end = 0;
  let timer: ReturnType<typeof setInterval> | undefined;

  function tick(): void {
    left.value = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    if (left.value === 0) clearInterval(timer);
  }

  function start(seconds: number): void {
    clearInterval(timer);
    end = Date.now() + seconds * 1000;
    timer = setInterval(tick, 1000);
    tick();
  }

  onScopeDispose(() => clearInterval(timer));
  return { left, start };
}
