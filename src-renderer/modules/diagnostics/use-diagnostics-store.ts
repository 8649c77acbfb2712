import { defineStore } from 'pinia';
import { ref } from 'vue';

/** Whether the details for support are being shown. */
export const useDiagnosticsStore = defineStore('diagnostics', () => {
  const isOpen = ref(false);

  function open(): void {
    isOpen.value = true;
  }

  return { isOpen, open };
});
