import { nextTick, ref } from 'vue';
import type { Ref } from 'vue';

/** How far a key moves; a page is what a clerk sees at once, less one row to keep the place. */
const page = 12;

interface Rows {
  readonly table: Ref<HTMLElement | null>;
  count(): number;
  show(index: number): void;
  /** Shift and an arrow: the rows on the way are chosen. */
  extend(from: number, to: number): void;
}

/**
 * One row of the table has the focus; arrows, Home, End and the page keys move it, and shift takes rows along. What is
 * focused in a row carries `data-row`; keys in other fields and buttons of a row are theirs.
 */
export function useRowKeys({ table, count, show, extend }: Rows) {
  const current = ref(0);

  function target(key: string): number | null {
    const last = count() - 1;
    const to = {
      ArrowDown: current.value + 1,
      ArrowUp: current.value - 1,
      PageDown: current.value + page,
      PageUp: current.value - page,
      Home: 0,
      End: last,
    }[key];
    return to === undefined ? null : Math.max(0, Math.min(last, to));
  }

  async function focus(index: number): Promise<void> {
    current.value = index;
    show(index);
    await nextTick();
    // The row may only be drawn once the table has scrolled to it.
    requestAnimationFrame(() => table.value?.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus());
  }

  async function press(event: KeyboardEvent): Promise<void> {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if ((event.target as HTMLElement).closest('input, select, textarea, button')?.matches(':not([data-row])')) return;
    const to = target(event.key);
    if (to === null) return;
    event.preventDefault();
    if (event.shiftKey) extend(current.value, to);
    await focus(to);
  }

  return { current, press };
}
