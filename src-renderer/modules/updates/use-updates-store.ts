import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { UpdateState } from '../../desktop/index.ts';

/** Whether a newer version of the program waits, and whether the person wants to hear of it now. */
export const useUpdatesStore = defineStore('updates', () => {
  const state = shallowRef<UpdateState>({ state: 'off' });
  const putOff = shallowRef<string | null>(null);

  const ready = computed(() => (state.value.state === 'ready' ? state.value.version : null));
  /** The version to tell of: not the one that was put off until the program ends anyway. */
  const offered = computed(() => (ready.value === putOff.value ? null : ready.value));

  function meet(given: UpdateState): void {
    state.value = given;
  }

  function later(): void {
    putOff.value = ready.value;
  }

  return { state, ready, offered, meet, later };
});
