import type { Knex } from 'knex';

const special: Readonly<Record<string, string>> = { đ: 'd', ł: 'l', ø: 'o', ß: 'ss', æ: 'ae' };

interface Manager {
  readonly id: string;
  readonly name: string;
  readonly street: string;
  readonly town: string;
}

const searched = ({ name, street, town }: Manager): string =>
  `${name} ${street} ${town}`
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[đłøßæ]/g, (letter) => special[letter] ?? letter)
    .replace(/\s+/gu, ' ')
    .trim();

/** Name, street and town as they are searched, as payers have it: residents look for the manager of further premises. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('managers', (table) => {
    table.string('search', 500).notNullable().defaultTo('');
  });
  const managers: Manager[] = await knex('managers').select('id', 'name', 'street', 'town');
  for (const manager of managers) {
    await knex('managers')
      .where({ id: manager.id })
      .update({ search: searched(manager) });
  }
}

export async function down(knex: Knex): Promise<void> {
  // Knex would make the table anew on SQLite, to which nearly all others refer.
  await knex.schema.raw('alter table managers drop column search');
}
