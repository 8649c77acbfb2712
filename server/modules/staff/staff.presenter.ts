import type { ResponseOf } from '../../../contract/endpoint.ts';
import type { Invitation as InvitationView, openInvitation, StaffMember } from '../../../contract/staff.ts';
import { toIso } from '../../db/time.ts';
import type { Invitation } from '../../models/invitation.ts';
import type { OpenedInvitation } from './opening.service.ts';
import type { MemberRow } from './staff.queries.ts';

/** @param lastUsedAt of the session, if it is alive */
export const presentMember = (member: MemberRow, lastUsedAt: string | null): StaffMember => ({
  id: member.id,
  firstName: member.firstName,
  lastName: member.lastName,
  email: member.email,
  role: member.role,
  hasSecondFactor: member.secondFactorAt !== null,
  lastUsedAt: lastUsedAt === null ? null : toIso(lastUsedAt),
});

export const presentInvitation = ({ id, email, role, createdAt, expiresAt }: Invitation): InvitationView => ({
  id,
  email,
  role,
  createdAt: toIso(createdAt),
  expiresAt: toIso(expiresAt),
});

/** What an invitation is for. */
export const presentOpened = ({
  manager,
  invitation,
  account,
}: OpenedInvitation): ResponseOf<typeof openInvitation> => ({
  managerName: manager.name,
  role: invitation.role,
  hasAccount: account !== undefined,
});
