import { computed, nextTick, ref, watch } from 'vue';

/** Which line of a list the keyboard is on while the focus stays in the field above it. The first, until arrows are used. */
export function useActiveChoice(keys: () => readonly string[], idOf: (key: string) => string) {
  const wanted = ref<string | null>(null);
  const active = computed(() => {
    const all = keys();
    return wanted.value !== null && all.includes(wanted.value) ? wanted.value : (all[0] ?? null);
  });

  function go(key: string | undefined): void {
    if (key !== undefined) wanted.value = key;
  }

  /** Down from the last line comes the first one, and the other way round. */
  function step(by: 1 | -1): void {
    const all = keys();
    const at = all.indexOf(active.value ?? '');
    go(all[(at + by + all.length) % all.length]);
  }

  watch(active, async (key) => {
    await nextTick();
    if (key !== null) document.getElementById(idOf(key))?.scrollIntoView({ block: 'nearest' });
  });

  return { active, go, step, reset: () => void (wanted.value = null) };
}
