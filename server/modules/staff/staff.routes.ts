import { changeStaffRole, listStaff, removeStaff, type StaffMember } from '../../../contract/staff.ts';
import { staffManager } from '../../http/actor.ts';
import { ApiError } from '../../http/api-error.ts';
import { isAlive } from '../../http/authenticate.ts';
import { route, type Route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { askerOf } from '../account/asker.ts';
import { changeRole, removeMember } from './roles.service.ts';
import { presentInvitation, presentMember } from './staff.presenter.ts';
import { findInvitations, findMembers } from './staff.queries.ts';

export function staffRoutes(services: Services): Route[] {
  const { db, clock, config } = services;

  async function membersOf(managerId: string): Promise<StaffMember[]> {
    const now = clock();
    return (await findMembers(db, managerId)).map((member) => {
      const { lastUsedAt, expiresAt } = member;
      const isSignedIn = lastUsedAt && expiresAt && isAlive({ lastUsedAt, expiresAt }, now, config.sessionIdleDays);
      return presentMember(member, isSignedIn ? lastUsedAt : null);
    });
  }

  return [
    route(listStaff, async ({ query, actor }) => {
      const managerId = staffManager(actor, query.managerId, 'admin');
      const invitations = await findInvitations(db, managerId, clock());
      return { members: await membersOf(managerId), invitations: invitations.map(presentInvitation) };
    }),
    route(changeStaffRole, async ({ params, query, body, actor, request }) => {
      const managerId = staffManager(actor, query.managerId, 'admin');
      await changeRole(services, askerOf({ actor, request }), { managerId, accountId: params.id }, body.role);
      const member = (await membersOf(managerId)).find(({ id }) => id === params.id);
      if (!member) throw new ApiError('not_found');
      return member;
    }),
    route(removeStaff, async ({ params, query, actor, request }) => {
      const managerId = staffManager(actor, query.managerId, 'admin');
      await removeMember(services, askerOf({ actor, request }), { managerId, accountId: params.id });
      return undefined;
    }),
  ];
}
