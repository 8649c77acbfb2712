import type { Actor } from '../http/actor.ts';
import type { RequestInfo } from '../http/route.ts';

/** Who did it, and from where. Both are null of what the machine itself does, as an operator's command. */
export interface Who {
  readonly actorId: string | null;
  readonly address: string | null;
  /** The name of the key by which another program did it. */
  readonly program?: string;
}

/** The part of a call that says who and where: a route hands its whole call over. */
export interface Caller {
  readonly actor: Pick<Actor, 'accountId' | 'program'>;
  readonly request: Pick<RequestInfo, 'address'>;
}

/** For an audit entry; without an actor when nobody is signed in. The zone of a link-local address says nothing. */
export const whoOf = ({ actor, request }: Caller): Who => ({
  actorId: actor.accountId || null,
  address: request.address.replace(/%.*/s, '') || null,
  ...(actor.program ? { program: actor.program.name } : {}),
});
