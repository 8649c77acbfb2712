import { whoOf, type Caller, type Who } from '../../audit/who.ts';

/** The account that asks for something of its own, and from where. */
export interface Asker extends Who {
  readonly actorId: string;
}

export const askerOf = (call: Caller): Asker => ({ ...whoOf(call), actorId: call.actor.accountId });
