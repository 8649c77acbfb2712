import type { Caller, Endpoint, ProgramScope } from '../../contract/endpoint.ts';
import type { StaffRole } from '../../contract/session.ts';
import { ApiError } from './api-error.ts';

/** A key for other programs. */
export interface Program {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly ProgramScope[];
}

/** Who is asking, and what is theirs. */
export interface Actor {
  readonly accountId: string;
  readonly sessionId: string;
  readonly payers: readonly { readonly managerId: string; readonly payerId: string }[];
  readonly roles: readonly { readonly managerId: string; readonly role: StaffRole }[];
  readonly hasSecondFactor: boolean;
  /** Another program that calls with a key instead of a person with a session; it has no account. */
  readonly program?: Program | undefined;
}

/** The actor of operations that anyone may call. */
export const nobody: Actor = { accountId: '', sessionId: '', payers: [], roles: [], hasSecondFactor: false };

/** An admin may do all that a clerk may. */
const covers = (has: StaffRole, needed: StaffRole): boolean => has === 'admin' || has === needed;

/** The managers at which the actor has at least this role. */
export const staffManagers = (actor: Actor, needed: StaffRole): string[] =>
  actor.roles.filter(({ role }) => covers(role, needed)).map(({ managerId }) => managerId);

/**
 * The manager for whom a staff member acts: the one named, else the only one there is.
 * @throws forbidden when the actor has no such role there, manager_required when it could be several
 */
export function staffManager(actor: Actor, named: string | undefined, needed: StaffRole): string {
  const managers = staffManagers(actor, needed);
  const manager = named ?? managers[0];
  if (manager === undefined || !managers.includes(manager)) throw new ApiError('forbidden');
  if (named === undefined && managers.length > 1) throw new ApiError('manager_required');
  return manager;
}

/** Whether the office is closed to the actor where admins need a second factor: an admin, of any manager, without one. */
export const lacksSecondFactor = (actor: Actor, caller: Caller): boolean =>
  (caller === 'clerk' || caller === 'admin') && !actor.hasSecondFactor && staffManagers(actor, 'admin').length > 0;

/** Whether an operation is open to the actor at all; what exactly of it is theirs, the operation's own policy says. */
export function mayCall(actor: Actor, { caller, program }: Pick<Endpoint, 'caller' | 'program'>): boolean {
  if (actor.program) return program !== undefined && actor.program.scopes.includes(program);
  switch (caller) {
    case 'anyone':
    case 'account':
      return true;
    case 'resident':
      return actor.payers.length > 0;
    case 'clerk':
    case 'admin':
      return staffManagers(actor, caller).length > 0;
  }
}
