import type { PayerDetails } from '../../../contract/payers.ts';
import { toInstant } from '../../db/time.ts';
import { ApiError } from '../../http/api-error.ts';
import { SlipPassword } from '../../models/slip-password.ts';
import type { Services } from '../../services.ts';
import { findHolder, type PayerKey } from './payer-account.queries.ts';
import { standingLimits } from './payer-limits.ts';
import { presentDetails } from './payers.presenter.ts';
import { findPayer, slipsOf } from './payers.queries.ts';

/** All that the office sees of one payer. @throws not_found */
export async function detailsOf(services: Services, key: PayerKey): Promise<PayerDetails> {
  const { db, clock } = services;
  const { managerId, payerId } = key;
  const row = await findPayer(db, key, toInstant(clock()));
  if (!row) throw new ApiError('not_found');
  const holder = await findHolder(services, key);
  const slipPassword = await SlipPassword.query(db)
    .where({ manager_id: managerId, payer_id: payerId })
    // One that is still good comes before those of a payer that was merged into this one.
    .orderByRaw('case when used_at is null and revoked_at is null then 0 else 1 end, issued_at desc, id desc')
    .first();
  const limits = await standingLimits(services, { managerId, code: row.code }, holder?.account);
  return presentDetails(row, { slips: await slipsOf(db, managerId, [payerId]), holder, slipPassword, limits });
}
