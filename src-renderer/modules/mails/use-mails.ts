import { ref, watch } from 'vue';
import { listMails, retryMail } from '../../../contract/mails.ts';
import type { Mail, MailState } from '../../../contract/mails.ts';
import { call } from '../../api/client.ts';
import { useAsk } from '../../shared/composables/use-ask.ts';
import { usePages } from '../../shared/composables/use-pages.ts';
import { useOfficeStore } from '../office/use-office-store.ts';

/** The manager's mails, of one state or all; and whether any failed, however far down the list it stands. */
export function useMails() {
  const office = useOfficeStore();
  const state = ref<MailState | ''>('');

  const ask = (of: MailState | '', more: { cursor?: string | undefined; limit?: number } = {}) =>
    call(listMails, { query: { managerId: office.managerId, state: of || undefined, ...more } });

  const pages = usePages((cursor) => ask(state.value, { cursor }));
  const failed = useAsk(async () => (await ask('failed', { limit: 1 })).items.length > 0);
  watch(state, () => {
    // Mails of the other state under this heading would be wrong, and stay there if the question failed.
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

  return { ...pages, state, hasFailed: failed.answer, reload, retry };
}
