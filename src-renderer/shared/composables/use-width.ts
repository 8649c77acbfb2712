import { onBeforeUnmount, onMounted, ref } from 'vue';
import type { Ref } from 'vue';

/** How wide an element is, in rem, so that it follows the size of the letters; endless until it is known. */
export function useWidth(element: Ref<HTMLElement | null>): Ref<number> {
  const width = ref(Infinity);
  const observer = new ResizeObserver(measure);

  function measure(): void {
    const pixels = element.value?.clientWidth ?? 0;
    if (pixels > 0) width.value = pixels / parseFloat(getComputedStyle(document.documentElement).fontSize);
  }

  onMounted(() => {
    measure();
    if (element.value) observer.observe(element.value);
  });
  onBeforeUnmount(() => observer.disconnect());
  return width;
}
