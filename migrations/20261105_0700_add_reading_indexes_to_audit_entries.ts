import type { Knex } from 'knex';

/**
 * The log of a manager as the office looks through it: by time, by action, by who did it, by whom it was done to. The
 * action stands in the index of persons as well, so that a person's deeds of one kind are found without reading the
 * others.
 */
const indexes = {
  audit_entries_at_ix: ['chain', 'at', 'seq'],
  audit_entries_action_ix: ['chain', 'action', 'at', 'seq'],
  audit_entries_chain_actor_ix: ['chain', 'actor_id', 'at', 'seq', 'action'],
  audit_entries_subject_ix: ['chain', 'subject_id', 'at', 'seq'],
};

export const up = (knex: Knex) =>
  knex.schema.alterTable('audit_entries', (table) => {
    for (const [name, columns] of Object.entries(indexes)) table.index(columns, name);
  });

export const down = (knex: Knex) =>
  knex.schema.alterTable('audit_entries', (table) => {
    for (const name of Object.keys(indexes)) table.dropIndex([], name);
  });
