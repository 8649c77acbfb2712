import { listPayerEvents, listPayerMails, listPayerSlips } from '../../../contract/payers.ts';
import { retryMail } from '../../../contract/mails.ts';
import type { Mail } from '../../../contract/mails.ts';
import { call } from '../../api/client.ts';
import { usePages } from '../../shared/composables/use-pages.ts';
import { useOfficeStore } from '../office/use-office-store.ts';

const limit = 10;

/** How a list about one payer is asked for. */
function useInput(id: string) {
  const office = useOfficeStore();
  return (cursor: string | undefined) => ({ params: { id }, query: { managerId: office.managerId, limit, cursor } });
}

export function usePayerSlips(id: string) {
  const input = useInput(id);
  return usePages((cursor) => call(listPayerSlips, input(cursor)));
}

/** What happened to a payer. */
export function usePayerEvents(id: string) {
  const input = useInput(id);
  return usePages((cursor) => call(listPayerEvents, input(cursor)));
}

/** The mails to the person or to the address for the bills. */
export function usePayerMails(id: string) {
  const input = useInput(id);
  const pages = usePages((cursor) => call(listPayerMails, input(cursor)));

  /** The row says at once how the mail stands now; the list stays where it is. */
  async function retry(mail: Mail): Promise<void> {
    const now = await call(retryMail, { params: { id: mail.id } });
    pages.items.value = pages.items.value.map((one) => (one.id === mail.id ? now : one));
  }

  return { ...pages, retry };
}
