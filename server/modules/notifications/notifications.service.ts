import type { Knex } from 'knex';
import type { ResponseOf } from '../../../contract/endpoint.ts';
import type { setNotificationChoice } from '../../../contract/account.ts';
import { ApiError } from '../../http/api-error.ts';
import { NotificationChoice } from '../../models/notification-choice.ts';
import { PayerAccount } from '../../models/payer-account.ts';

type Choice = ResponseOf<typeof setNotificationChoice>;

interface Row {
  readonly managerId: string;
  readonly managerName: string;
  /** SQLite has no truth values; without a row there is none at all. */
  readonly newSlips: boolean | number | null;
}

const toChoice = ({ newSlips, ...row }: Row): Choice => ({ ...row, newSlips: newSlips === null || Boolean(newSlips) });

/** The choices of an account, one for each manager of its payers. */
export async function choicesOf(db: Knex, accountId: string): Promise<Choice[]> {
  const rows = await PayerAccount.query(db)
    .alias('link')
    .join('managers as m', 'm.id', 'link.manager_id')
    .leftJoin('notification_choices as c', (join) =>
      join.on('c.manager_id', 'link.manager_id').andOn('c.account_id', 'link.account_id'),
    )
    .where('link.account_id', accountId)
    .distinct('link.manager_id', 'm.name as manager_name', 'c.new_slips')
    .orderBy('m.name')
    .castTo<Row[]>();
  return rows.map(toChoice);
}

/** @throws not_found when none of the account's payers is this manager's */
export async function choose(
  db: Knex,
  accountId: string,
  { managerId, newSlips }: Pick<Choice, 'managerId' | 'newSlips'>,
): Promise<Choice> {
  const known = (await choicesOf(db, accountId)).find((choice) => choice.managerId === managerId);
  if (!known) throw new ApiError('not_found');
  await NotificationChoice.query(db)
    .insert({ managerId, accountId, newSlips })
    .onConflict(['manager_id', 'account_id'])
    .merge();
  return { ...known, newSlips };
}
