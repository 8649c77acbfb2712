import { defineStore } from 'pinia';
import { ref } from 'vue';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'success' | 'error' | 'info';
}

/** Short messages about what was just done. What must not be missed belongs on the page instead. */
export const useToastStore = defineStore('toasts', () => {
  const toasts = ref<Toast[]>([]);
  let last = 0;

  function show(text: string, tone: Toast['tone'] = 'success'): void {
    toasts.value.push({ id: ++last, text, tone });
  }

  function dismiss(id: number): void {
    toasts.value = toasts.value.filter((toast) => toast.id !== id);
  }

  /** They are for the one who did it: nobody else must find them. */
  function clear(): void {
    toasts.value = [];
  }

  return { toasts, show, dismiss, clear };
});
