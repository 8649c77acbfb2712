import type { Channel } from '../../../contract/slips.ts';
import type { Actor } from '../../http/actor.ts';
import type { BillingRun } from '../../models/billing-run.ts';

interface Belonging {
  readonly managerId: string;
  readonly payerId: string;
  readonly runState: BillingRun['state'];
}

/** A resident sees the slips of their own payers, once they are published. Anything else is not there for them. */
export const maySee = (actor: Actor, slip: Belonging): boolean =>
  slip.runState === 'published' &&
  actor.payers.some(({ managerId, payerId }) => managerId === slip.managerId && payerId === slip.payerId);

/** The PDF and the codes to pay by are for payers with an e-invoice channel. */
export const hasEInvoice = (channel: Channel): boolean => channel !== 'none';
