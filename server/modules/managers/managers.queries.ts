import type { Knex } from 'knex';
import { z } from 'zod';
import { idSchema } from '../../../contract/schemas/text.ts';
import { cutPage, decodeCursor } from '../../http/cursor.ts';
import { Manager } from '../../models/manager.ts';
import { wordsLike } from '../payers/search-text.ts';

const pageKey = z.tuple([z.string().max(200), idSchema]);

export interface ManagerFilter {
  readonly search?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A page of managers by name: each word that is searched for must be found in name, street or town. */
export async function pageOfManagers(db: Knex, { search, cursor, limit }: ManagerFilter) {
  const query = Manager.query(db)
    .orderBy(['name', 'id'])
    .limit(limit + 1);
  for (const word of wordsLike(search ?? '')) void query.whereRaw(`search like ? escape '!'`, [word]);
  if (cursor !== undefined) {
    const [name, id] = decodeCursor(cursor, pageKey);
    void query.where((after) => {
      void after.where('name', '>', name).orWhere((same) => void same.where('name', name).where('id', '>', id));
    });
  }
  return cutPage(await query, limit, (manager) => [manager.name, manager.id]);
}
