import type { Knex } from 'knex';
import { insertRows } from '../../../server/db/bulk.ts';
import { newId } from '../../../server/db/id.ts';
import { toInstant } from '../../../server/db/time.ts';
import { PayerAccount } from '../../../server/models/payer-account.ts';
import { createAccount, createManager, createToken } from '../../helpers/factories.ts';
import { createRun } from '../../helpers/slip-factories.ts';

export interface Resident {
  readonly managerId: string;
  readonly payerId: string;
  readonly token: string;
}

const periods = Array.from({ length: 12 }, (_, index) => `2026-${String(index + 1).padStart(2, '0')}`);
const payerColumns = ['manager_id', 'id', 'code', 'name', 'street', 'town', 'channel', 'created_at', 'updated_at'];
const slipColumns = [
  ...['manager_id', 'id', 'run_id', 'payer_id', 'number', 'period', 'issue_date', 'due_date', 'total_cents'],
];

/** Published slips of twelve months for so many payers, and some of the payers' residents, signed in. */
export async function createSlips(db: Knex, payers: number, residents: number): Promise<Resident[]> {
  const { id: managerId } = await createManager(db);
  const now = toInstant(new Date());
  const ids = Array.from({ length: payers }, newId);
  for (let from = 0; from < payers; from += 500) {
    const rows = ids
      .slice(from, from + 500)
      .map((id, index) => [
        ...[managerId, id, String(100_000 + from + index), 'Žiga Ščuka', 'Šmartinska cesta 152', '1000 Ljubljana'],
        ...['email', now, now],
      ]);
    await insertRows(db, 'payers', payerColumns, rows);
  }
  for (const period of periods) {
    const { id: runId } = await createRun(db, managerId, { period });
    for (let from = 0; from < payers; from += 500) {
      const rows = ids
        .slice(from, from + 500)
        .map((id, index) => [
          ...[managerId, newId(), runId, id, `R-${period}-${from + index}`, period],
          ...[`${period}-05`, `${period}-20`, 12_345 + index],
        ]);
      await insertRows(db, 'slips', slipColumns, rows);
    }
  }
  const signedIn: Resident[] = [];
  for (const payerId of ids.slice(0, residents)) {
    const account = await createAccount(db);
    await PayerAccount.query(db).insert({ managerId, payerId, accountId: account.id, linkedAt: now });
    signedIn.push({ managerId, payerId, token: await createToken(db, account.id) });
  }
  return signedIn;
}
