import { defineStore } from 'pinia';
import { ref } from 'vue';

/** `checking`: the computer works it out; `asking`: Turnstile is shown in the middle of the window. */
export type HumanCheckState = 'idle' | 'checking' | 'asking' | 'done';

/** Where the human check is: one at a time. */
export const useHumanCheckStore = defineStore('human-check', () => {
  const state = ref<HumanCheckState>('idle');

  function setState(given: HumanCheckState): void {
    state.value = given;
  }

  return { state, setState };
});
