import { transaction } from '../../db/transaction.ts';
import { whoOf } from '../../audit/who.ts';
import { staffManagers } from '../../http/actor.ts';
import { ApiError } from '../../http/api-error.ts';
import type { Call } from '../../http/route.ts';
import type { Endpoint } from '../../../contract/endpoint.ts';
import { Slip } from '../../models/slip.ts';
import type { Services } from '../../services.ts';
import { shownStates } from '../runs/runs.queries.ts';
import { slipsById, type SlipRow } from '../slips/slips.queries.ts';

type ActorsCall = Pick<Call<Endpoint>, 'actor' | 'request'>;

/**
 * A slip of the actor's managers, of a draft as well, for a look at what its resident sees. The look is written down:
 * somebody's bill is theirs, and who read it may be asked one day.
 * @throws not_found
 */
export async function lookAt({ db, audit }: Services, call: ActorsCall, id: string): Promise<SlipRow> {
  const found = await Slip.query(db).whereIn('manager_id', staffManagers(call.actor, 'clerk')).findOne({ id });
  const [slip] = found ? await slipsById(db, found.managerId, [id]) : [];
  if (!slip || !shownStates.includes(slip.runState)) throw new ApiError('not_found');
  await transaction(db, (trx) =>
    audit.record(trx, {
      ...{ action: 'slip.viewed_as_resident', managerId: slip.managerId, ...whoOf(call) },
      subject: { kind: 'payer', id: slip.payerId },
      details: { slipId: slip.id, period: slip.period },
    }),
  );
  return slip;
}
