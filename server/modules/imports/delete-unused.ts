import type { Knex } from 'knex';

/** What keeps a payer. */
export const payerUsers = { slips: 'payer_id', payer_accounts: 'payer_id', slip_passwords: 'payer_id' };

/** Deletes those of the rows that no row of another table refers to any more. */
export async function deleteUnused(
  trx: Knex,
  managerId: string,
  table: string,
  users: Readonly<Record<string, string>>,
  ids?: readonly string[],
): Promise<void> {
  const unused = trx(table).where(`${table}.manager_id`, managerId);
  if (ids) void unused.whereIn(`${table}.id`, ids);
  for (const [user, column] of Object.entries(users)) {
    const isUser = `${user}.manager_id = ${table}.manager_id and ${user}.${column} = ${table}.id`;
    void unused.whereNotExists(trx(user).whereRaw(isUser));
  }
  await unused.delete();
}
