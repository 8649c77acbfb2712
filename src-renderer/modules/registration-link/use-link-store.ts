import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { RegistrationLink } from '../../../contract/deep-link.ts';
import { useSessionStore } from '../session/use-session-store.ts';
import { useShellStore } from '../shell/use-shell-store.ts';

/**
 * A link to the registration that the app was opened with. It only fills in forms: anybody can make one, so whatever
 * comes of it the person does. It is kept until it has been used, or the person does not want it.
 */
export const useLinkStore = defineStore('registration-link', () => {
  const session = useSessionStore();
  const shell = useShellStore();
  const link = shallowRef<RegistrationLink | null>(null);
  /** The person has chosen the form that it is to fill in. */
  const isAccepted = ref(false);

  const isElsewhere = computed(
    () => link.value !== null && shell.address !== null && shell.address !== link.value.portal,
  );
  /** Something must be said before any form can be filled in. */
  const isAsking = computed(
    () =>
      link.value !== null && !isAccepted.value && (isElsewhere.value || (session.isSignedIn && shell.address !== null)),
  );
  /** For the forms: what it says, where it is for this portal. */
  const prefill = computed(() => (isElsewhere.value ? null : link.value));

  function set(given: RegistrationLink): void {
    link.value = given;
    isAccepted.value = false;
  }

  function accept(): void {
    isAccepted.value = true;
  }

  function clear(): void {
    link.value = null;
    isAccepted.value = false;
  }

  return { link, isAccepted, isElsewhere, isAsking, prefill, set, accept, clear };
});
