import { shallowRef } from 'vue';
import type { ResponseOf } from '../../../contract/endpoint.ts';
import { issueSlipPasswords } from '../../../contract/slip-passwords.ts';
import type { SlipPasswordOrder } from '../../../contract/slip-passwords.ts';
import { call } from '../../api/client.ts';
import { desktop, unwrap } from '../../desktop/index.ts';
import { useTask } from '../../shared/composables/use-task.ts';
import { useOfficeStore } from '../office/use-office-store.ts';

export type IssuedPassword = ResponseOf<typeof issueSlipPasswords>['issued'][number];

export type Way = 'letters' | 'list';

/** What came of it. Letters that were not saved were not issued either: where to is asked first. */
export type Outcome =
  | { readonly way: 'letters'; readonly saved: boolean; readonly fileName: string }
  | { readonly way: 'list'; readonly issued: readonly IssuedPassword[] };

/** Issues slip passwords. What is issued is kept here alone, and only as long as the page is open. */
export function useIssue() {
  const office = useOfficeStore();
  const outcome = shallowRef<Outcome | null>(null);

  const { run, busy, problem } = useTask(async (order: SlipPasswordOrder, way: Way) => {
    outcome.value = null;
    outcome.value = way === 'letters' ? await saveLetters(order) : await list(order);
    return outcome.value;
  });

  async function saveLetters(order: SlipPasswordOrder): Promise<Outcome> {
    const saved = unwrap(await desktop().office.saveLetters(order, office.managerId));
    return { way: 'letters', saved: saved.saved, fileName: saved.fileName ?? '' };
  }

  async function list(order: SlipPasswordOrder): Promise<Outcome> {
    const { issued } = await call(issueSlipPasswords, { query: { managerId: office.managerId }, body: order });
    return { way: 'list', issued };
  }

  const forget = () => (outcome.value = null);

  return { issue: run, busy, problem, outcome, forget };
}
