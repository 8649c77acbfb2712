import { defineStore } from 'pinia';
import { ref } from 'vue';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'success' | 'error' | 'info';
  /** The file that was saved, to be shown in its folder. */
  readonly fileName?: string;
  /** Takes back what was done, for as long as the message stands there. */
  readonly undo?: () => void;
}

/** Short messages about what was just done. What must not be missed belongs on the page instead. */
export const useToastStore = defineStore('toasts', () => {
  const toasts = ref<Toast[]>([]);
  let last = 0;

  function show(text: string, tone: Toast['tone'] = 'success'): void {
    toasts.value.push({ id: ++last, text, tone });
  }

  function showSaved(text: string, fileName: string): void {
    toasts.value.push({ id: ++last, text, tone: 'success', fileName });
  }

  function showUndoable(text: string, undo: () => void): void {
    toasts.value.push({ id: ++last, text, tone: 'info', undo });
  }

  function dismiss(id: number): void {
    toasts.value = toasts.value.filter((toast) => toast.id !== id);
  }

  /** They are for the one who did it: nobody else must find them. */
  function clear(): void {
    toasts.value = [];
  }

  return { toasts, show, showSaved, showUndoable, dismiss, clear };
});
