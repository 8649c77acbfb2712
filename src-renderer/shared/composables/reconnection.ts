import { onScopeDispose } from 'vue';

/** What is to be asked again when the portal answers again. */
const listeners = new Set<() => void>();

/** Called when the connection is back, as long as the component is there. */
export function useReconnection(listener: () => void): void {
  listeners.add(listener);
  onScopeDispose(() => listeners.delete(listener), true);
}

/** The portal answers again: whoever shows what is not fresh asks anew. */
export function reconnected(): void {
  for (const listener of [...listeners]) listener();
}
