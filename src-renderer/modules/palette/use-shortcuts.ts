import { onBeforeUnmount, onMounted } from 'vue';
import { useRouter } from 'vue-router';
import { isTyping, opensPalette, pageOfKey } from './shortcuts.ts';
import { usePaletteStore } from './use-palette-store.ts';

/** So long the second key of two may take. */
const pauseMs = 1500;

const isDialogOpen = (): boolean => document.querySelector('[role=dialog], [role=alertdialog]') !== null;

/** The search of the page that is open, with what is searched for marked, to be typed over. */
function goToSearch(): void {
  const field = document.querySelector<HTMLInputElement>('main input[type=search]');
  field?.select();
  field?.focus();
}

/** The keys that work all over the office, for who may open these pages; never while somebody types or is being asked. */
export function useShortcuts(mayOpen: (route: string) => boolean) {
  const router = useRouter();
  const store = usePaletteStore();
  let leadAt = -Infinity;

  const deeds: Readonly<Record<string, () => void>> = {
    '?': () => store.open('keys'),
    '/': goToSearch,
  };

  /** Whether the key was one of ours. */
  function meant(key: string, at: number): boolean {
    const isSecond = at - leadAt < pauseMs;
    leadAt = -Infinity;
    const page = isSecond ? pageOfKey(key) : undefined;
    if (page !== undefined) {
      if (mayOpen(page)) void router.push({ name: page });
    } else if (key === 'g') leadAt = at;
    else if (deeds[key]) deeds[key]();
    else return false;
    return true;
  }

  /** Where something is being asked, that comes first; the palette itself closes by the keys that open it. */
  function toggle(): void {
    if (store.shown === 'commands') store.close();
    else if (!isDialogOpen()) store.open('commands');
  }

  function press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.repeat) return;
    if (opensPalette(event)) {
      event.preventDefault();
      toggle();
    } else if (isTyping(event) || isDialogOpen()) leadAt = -Infinity;
    else if (event.key !== 'Shift' && meant(event.key, event.timeStamp)) event.preventDefault();
  }

  onMounted(() => window.addEventListener('keydown', press));
  onBeforeUnmount(() => window.removeEventListener('keydown', press));
}
