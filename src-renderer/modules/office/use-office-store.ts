import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { StaffRole } from '../../../contract/session.ts';
import { useSessionStore } from '../session/use-session-store.ts';

/** The manager that the staff member works for at the moment. Who has one role has no choice to make. */
export const useOfficeStore = defineStore('office', () => {
  const session = useSessionStore();
  const chosen = ref<string | null>(null);

  const role = computed(() => session.roles.find((held) => held.managerId === chosen.value) ?? session.roles[0]);
  const managers = computed(() => session.roles.map((held) => ({ value: held.managerId, label: held.managerName })));
  /** Empty for who is no staff: the pages that use it are not theirs. */
  const managerId = computed(() => role.value?.managerId ?? '');
  const managerName = computed(() => role.value?.managerName ?? '');

  /** Whether the person has the role at the chosen manager; an admin may do all that a clerk may. */
  const holds = (wanted: StaffRole): boolean => role.value?.role === 'admin' || role.value?.role === wanted;

  function choose(id: string): void {
    chosen.value = id;
  }

  return { managers, managerId, managerName, holds, choose };
});
