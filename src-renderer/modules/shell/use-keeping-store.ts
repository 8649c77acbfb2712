import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { Keeping } from '../../desktop/index.ts';

/** What can be kept on this computer from one start to the next, as the main process last told. */
export const useKeepingStore = defineStore('keeping', () => {
  const keeping = shallowRef<Keeping | null>(null);

  /** What is wrong; null when all is well or nothing is known. Without a disk the keychain is not used either. */
  const trouble = computed(() => {
    if (!keeping.value) return null;
    const { disk, keychain } = keeping.value;
    if (disk) return disk;
    return keychain === 'available' ? null : keychain;
  });
  const sessionWaits = computed(() => keeping.value?.sessionWaits ?? false);

  function set(given: Keeping): void {
    keeping.value = given;
  }

  return { trouble, sessionWaits, set };
});
