import { listPayers } from '../../../contract/payers.ts';
import type { PayerAccess } from '../../../contract/payers.ts';
import { call } from '../../api/client.ts';

/** How many payers the manager has, of all or of those with this access. */
export const countPayers = async (managerId: string, access?: PayerAccess): Promise<number> =>
  (await call(listPayers, { query: { managerId, access, limit: 1 } })).total;
