import type { Knex } from 'knex';

interface Payer {
  readonly manager_id: string;
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly street: string;
  readonly email: string | null;
}

const special: Readonly<Record<string, string>> = { đ: 'd', ł: 'l', ø: 'o', ß: 'ss', æ: 'ae' };

const searched = ({ code, name, street, email }: Payer): string =>
  `${code} ${name} ${street} ${email ?? ''}`
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[đłøßæ]/g, (letter) => special[letter] ?? letter)
    .replace(/\s+/gu, ' ')
    .trim();

/** For the payers who are there already; a code makes sure that none stays empty. */
async function fill(knex: Knex): Promise<void> {
  for (;;) {
    const payers = (await knex('payers').where('search', '').limit(500)) as Payer[];
    if (payers.length === 0) return;
    for (const payer of payers) {
      const { manager_id, id } = payer;
      await knex('payers')
        .where({ manager_id, id })
        .update({ search: searched(payer) });
    }
  }
}

/**
 * Code, name, street and e-mail in lower case and without marks above letters, written with the payer: so that both
 * databases find čehovin for cehovin in the same way.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('payers', (table) => {
    table.string('search', 1000).notNullable().defaultTo('');
  });
  await fill(knex);
}

export async function down(knex: Knex): Promise<void> {
  // Knex would make the table anew on SQLite, for which the one that slips refer to had to go.
  await knex.schema.raw('alter table payers drop column search');
}
