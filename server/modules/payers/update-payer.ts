import type { BodyOf } from '../../../contract/endpoint.ts';
import type { updatePayer as operation } from '../../../contract/payers.ts';
import { whoOf, type Caller } from '../../audit/who.ts';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import type { Payer } from '../../models/payer.ts';
import type { Services } from '../../services.ts';
import { tellHolder } from '../e-invoices/tell-holder.ts';
import { lockPayer } from '../e-invoices/write-channel.ts';
import type { PayerKey } from './payer-account.queries.ts';
import { payerSearchText } from './search-text.ts';

type Correction = Partial<Pick<Payer, 'name' | 'street' | 'town' | 'email' | 'taxNumber'>>;

/** What each channel cannot do without, as when it was chosen. */
const needed: Readonly<Record<Payer['channel'], 'email' | 'taxNumber' | null>> = {
  ...{ none: null, email: 'email', bank: 'taxNumber', bizbox: 'taxNumber', imdocs: 'taxNumber' },
};

/** The bills of a payer must not go nowhere: first another channel. @throws invalid_request */
function assertReachable({ channel }: Payer, correction: Correction): void {
  const field = needed[channel];
  if (field !== null && correction[field] === null)
    throw new ApiError('invalid_request', { fields: [{ path: field, rule: 'required' }] });
}

/** What is given and is not so already. */
function changeOf(payer: Payer, body: BodyOf<typeof operation>): Correction {
  const given = Object.entries(body).filter(
    ([field, value]) => value !== undefined && value !== payer[field as 'name'],
  );
  return Object.fromEntries(given);
}

/**
 * Corrects what the office knows of a payer. Where bills go by e-mail, who holds the payer learns of their new address.
 * @throws not_found, invalid_request
 */
export async function updatePayer(
  services: Pick<Services, 'db' | 'clock' | 'outbox' | 'audit'>,
  call: Caller,
  key: PayerKey,
  body: BodyOf<typeof operation>,
): Promise<void> {
  const { db, clock, outbox, audit } = services;
  const { managerId, payerId } = key;
  await transaction(db, async (trx) => {
    const payer = await lockPayer(trx, key);
    const change = changeOf(payer, body);
    const fields = Object.keys(change);
    if (fields.length === 0) return;
    assertReachable(payer, change);
    const changed = { ...payer, ...change };
    await trx('payers')
      .where({ manager_id: managerId, id: payerId })
      .update({
        ...{ name: changed.name, street: changed.street, town: changed.town, email: changed.email },
        ...{ tax_number: changed.taxNumber, search: payerSearchText(changed), updated_at: toInstant(clock()) },
      });
    if (payer.channel === 'email' && 'email' in change) await tellHolder(trx, outbox, changed as Payer, changed);
    const subject = { kind: 'payer', id: payerId };
    const details = { fields: fields.sort().join(', ') };
    await audit.record(trx, { action: 'payer.changed', managerId, ...whoOf(call), subject, details });
  });
}
