import { computed, ref, watch } from 'vue';
import { countFailedMails, listMails, retryMail, retryMails } from '../../../contract/mails.ts';
import type { Mail, MailFilter, MailKind, MailState } from '../../../contract/mails.ts';
import { call } from '../../api/client.ts';
import { useAsk } from '../../shared/composables/use-ask.ts';
import { usePages } from '../../shared/composables/use-pages.ts';
import { momentsOf, type DayRange } from '../../shared/format/day-range.ts';
import { useOfficeStore } from '../office/use-office-store.ts';

/** Which mails are looked for; empty: whatever they are. */
export interface MailChoice {
  readonly search: string;
  readonly kind: MailKind | '';
  readonly days: DayRange;
}

const any: MailChoice = { search: '', kind: '', days: { from: '', to: '' } };

/** The manager's mails, of one state or all; and whether any failed, however far down the list it stands. */
export function useMails() {
  const office = useOfficeStore();
  const state = ref<MailState | ''>('');
  const choice = ref<MailChoice>(any);

  const filter = computed<MailFilter>(() => {
    const { search, kind, days } = choice.value;
    return { ...(search.trim() && { search: search.trim() }), ...(kind && { kind }), ...momentsOf(days) };
  });

  const ask = (of: MailState | '', more: MailFilter & { cursor?: string | undefined; limit?: number } = {}) =>
    call(listMails, { query: { managerId: office.managerId, state: of || undefined, ...more } });

  const pages = usePages((cursor) => ask(state.value, { ...filter.value, cursor }));
  const failed = useAsk(async () => (await ask('failed', { limit: 1 })).items.length > 0);
  watch([state, filter], () => {
    // Mails of another choice under this heading would be wrong, and stay there if the question failed.
    pages.items.value = [];
    void pages.restart();
  });

  const reload = () => Promise.all([pages.restart(), failed.reload()]);

  /** The row says at once how the mail stands now; the list stays where it is. */
  async function retry({ id }: Mail): Promise<void> {
    const now = await call(retryMail, { params: { id } });
    pages.items.value = pages.items.value.map((mail) => (mail.id === id ? now : mail));
    await failed.reload();
  }

  return {
    ...pages,
    state,
    choice,
    isFiltered: computed(() => Object.keys(filter.value).length > 0),
    clear: () => (choice.value = any),
    hasFailed: failed.answer,
    reload,
    retry,
    /** Of those that are looked for: how many can be sent again, and how many are too old. */
    countFailed: () => call(countFailedMails, { query: { managerId: office.managerId, ...filter.value } }),
    retryAll: () => call(retryMails, { query: { managerId: office.managerId }, body: filter.value }),
  };
}
