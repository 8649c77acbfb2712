import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { Session, StaffRole } from '../../../contract/session.ts';
import type { ApiProblem } from '../../api/problem.ts';

/** Who is signed in. The token is not here: it never leaves the main process. */
export const useSessionStore = defineStore('session', () => {
  const session = shallowRef<Session | null>(null);
  /** Why the last session ended without being asked to, until the next one begins. */
  const endedBecause = shallowRef<ApiProblem | null>(null);

  const isSignedIn = computed(() => session.value !== null);
  const isResident = computed(() => (session.value?.payers.length ?? 0) > 0);
  const roles = computed(() => session.value?.roles ?? []);
  /** The office is closed to an admin who has no second factor. */
  const needsSecondFactor = computed(() => session.value?.secondFactor.isNeeded ?? false);

  /** Whether the person has the role at any manager; an admin may do all that a clerk may. */
  const holds = (role: StaffRole): boolean =>
    roles.value.some((held) => held.role === role || (role === 'clerk' && held.role === 'admin'));

  function begin(given: Session): void {
    session.value = given;
    endedBecause.value = null;
  }

  function end(reason: ApiProblem | null = null): void {
    session.value = null;
    endedBecause.value = reason;
  }

  return { session, endedBecause, isSignedIn, isResident, roles, needsSecondFactor, holds, begin, end };
});
