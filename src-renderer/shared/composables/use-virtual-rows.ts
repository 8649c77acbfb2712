import { useVirtualizer } from '@tanstack/vue-virtual';
import { computed } from 'vue';
import type { Ref } from 'vue';

const rowRem = 2.5;

/** The height that table.css gives a row; whole pixels, so that a hundred thousand of them add up. */
const rowPixels = (): number => Math.round(rowRem * parseFloat(getComputedStyle(document.documentElement).fontSize));

/**
 * The rows of a long table that are in sight: a real table with one empty row of the right height before and after
 * them, so that its semantics stay. Its head sticks to the top and is one row high. `startAt` is how far it is scrolled
 * down at first, in pixels.
 */
export function useVirtualRows(scroller: Ref<HTMLElement | null>, count: () => number, startAt = 0) {
  const height = rowPixels();
  const virtualizer = useVirtualizer(
    computed(() => ({
      count: count(),
      getScrollElement: () => scroller.value,
      estimateSize: () => height,
      scrollPaddingEnd: height,
      overscan: 12,
      initialOffset: startAt,
    })),
  );
  const rows = computed(() => virtualizer.value.getVirtualItems());

  return {
    indexes: computed(() => rows.value.map((row) => row.index)),
    rowHeight: `${height}px` as string | undefined,
    before: computed(() => `${rows.value[0]?.start ?? 0}px`),
    after: computed(() => `${virtualizer.value.getTotalSize() - (rows.value.at(-1)?.end ?? 0)}px`),
    /** The last row in sight. */
    last: computed(() => virtualizer.value.calculateRange()?.endIndex ?? -1),
    first: computed(() => virtualizer.value.calculateRange()?.startIndex ?? -1),
    show: (index: number) => virtualizer.value.scrollToIndex(index),
  };
}

/** The same of a table short enough to be drawn as a whole; its rows are as high as what they hold. */
export function useAllRows(count: () => number): ReturnType<typeof useVirtualRows> {
  const indexes = computed(() => Array.from({ length: count() }, (_, index) => index));
  return {
    indexes,
    rowHeight: undefined,
    before: computed(() => '0px'),
    after: computed(() => '0px'),
    last: computed(() => count() - 1),
    first: computed(() => 0),
    show: () => undefined,
  };
}
