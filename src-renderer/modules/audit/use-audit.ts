import { computed, ref, watch } from 'vue';
import { listAudit, type AuditFilter } from '../../../contract/audit.ts';
import { listStaff } from '../../../contract/staff.ts';
import { call } from '../../api/client.ts';
import { desktop, unwrap } from '../../desktop/index.ts';
import { useAsk } from '../../shared/composables/use-ask.ts';
import { usePages } from '../../shared/composables/use-pages.ts';
import { momentsOf, type DayRange } from '../../shared/format/day-range.ts';
import { useOfficeStore } from '../office/use-office-store.ts';

/** What is asked of the log; empty: whatever it is. */
export interface AuditChoice {
  readonly what: NonNullable<AuditFilter['what']> | '';
  readonly actorId: string;
  readonly payerId: string;
  readonly days: DayRange;
}

const anything: AuditChoice = { what: '', actorId: '', payerId: '', days: { from: '', to: '' } };

/** The chosen manager's log, page by page, and who may be asked for in it. */
export function useAudit(payerId: string) {
  const office = useOfficeStore();
  const choice = ref<AuditChoice>({ ...anything, payerId });

  const query = computed<AuditFilter & { managerId: string }>(() => {
    const { what, actorId, payerId: payer, days } = choice.value;
    const asked = { ...(what && { what }), ...(actorId && { actorId }), ...(payer && { payerId: payer }) };
    return { managerId: office.managerId, ...asked, ...momentsOf(days) };
  });

  const pages = usePages((cursor) => call(listAudit, { query: { ...query.value, ...(cursor && { cursor }) } }));
  watch(query, () => {
    // Entries that do not fit would be wrong under the new filter, and stay there if the question failed.
    pages.items.value = [];
    void pages.restart();
  });
  const staff = useAsk(async () => (await call(listStaff, { query: { managerId: office.managerId } })).members);

  return {
    ...pages,
    choice,
    isFiltered: computed(() => Object.keys(query.value).length > 1),
    members: computed(() => staff.answer.value ?? []),
    clear: () => (choice.value = anything),
    /** Writes what fits to a file; tells its name, or null when the person thought better of it. */
    save: async (fileName: string): Promise<string | null> => {
      const saved = unwrap(
        await desktop().office.saveList({ list: 'audit', params: {}, query: query.value, fileName }),
      );
      return saved.saved ? (saved.fileName ?? fileName) : null;
    },
  };
}
