import type { ChannelChoice } from '../../../contract/e-invoices.ts';
import { whoOf, type Caller } from '../../audit/who.ts';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import type { Services } from '../../services.ts';
import type { PayerKey } from '../payers/payer-account.queries.ts';
import { hasChoice, isSameChoice, toColumns } from './channel-choice.ts';
import { fulfil } from './decisions.service.ts';
import { findOpenRequest } from './open-requests.ts';
import { tellHolder } from './tell-holder.ts';
import { lockPayer, writeChannel } from './write-channel.ts';

type ChannelServices = Pick<Services, 'db' | 'clock' | 'outbox' | 'audit'>;

/**
 * Gives the payer a channel that came on paper or by telephone. What the resident has asked for all the same is
 * confirmed by it; nothing happens when the payer has it already.
 * @throws not_found
 */
export async function setChannel(
  services: ChannelServices,
  call: Caller,
  key: PayerKey,
  choice: ChannelChoice,
): Promise<void> {
  const { db, clock, outbox, audit } = services;
  const changedBy = call.actor.accountId;
  const wanted = toColumns(choice);
  await transaction(db, async (trx) => {
    const payer = await lockPayer(trx, key);
    const open = await findOpenRequest(trx, key);
    const asked = open && isSameChoice(open, wanted) ? open : undefined;
    if (!asked && hasChoice(payer, wanted)) return;
    if (asked) await fulfil(trx, services, payer, asked, changedBy);
    else {
      await writeChannel(trx, payer, wanted, { now: toInstant(clock()), changedBy, requestId: null });
      await tellHolder(trx, outbox, payer, wanted);
    }
    await audit.record(trx, {
      action: asked ? 'e_invoice.confirmed' : 'e_invoice.channel_set',
      ...{ managerId: key.managerId, ...whoOf(call), subject: { kind: 'payer', id: key.payerId } },
      details: { channel: wanted.channel, before: payer.channel, request: asked?.id ?? null },
    });
  });
}
