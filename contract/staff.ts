import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { officeQuery } from './imports.ts';
import { mailedCodeSchema } from './password-resets.ts';
import { languageSchema } from './registrations.ts';
import { emailSchema, idSchema, requiredLine } from './schemas/text.ts';
import { instantSchema } from './schemas/time.ts';
import { givenPasswordSchema, staffRoleSchema } from './session.ts';

export const staffMemberSchema = z.object({
  id: idSchema.describe("The account's."),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  role: staffRoleSchema,
  hasSecondFactor: z.boolean(),
  lastUsedAt: instantSchema.nullable().describe('Of the session; null when signed out.'),
});
export type StaffMember = z.infer<typeof staffMemberSchema>;

export const invitationSchema = z.object({
  id: idSchema,
  email: z.string(),
  role: staffRoleSchema,
  createdAt: instantSchema,
  expiresAt: instantSchema,
});
export type Invitation = z.infer<typeof invitationSchema>;

export const listStaff = endpoint({
  id: 'staff.list',
  summary: "The manager's staff and the invitations that are open.",
  method: 'GET',
  path: '/office/staff',
  caller: 'admin',
  query: officeQuery,
  response: z.object({ members: z.array(staffMemberSchema), invitations: z.array(invitationSchema) }),
  errors: ['manager_required'],
});

export const inviteStaff = endpoint({
  id: 'staff.invite',
  summary: 'Invites a person by mail. A new invitation to the same address replaces the one before.',
  method: 'POST',
  path: '/office/staff/invitations',
  caller: 'admin',
  query: officeQuery,
  body: z.object({ email: emailSchema, role: staffRoleSchema, language: languageSchema.default('sl') }),
  response: invitationSchema,
  status: 201,
  errors: ['manager_required', 'staff_member', 'rate_limited'],
});

export const withdrawInvitation = endpoint({
  id: 'staff.withdrawInvitation',
  summary: 'Takes an invitation back; its code is void.',
  method: 'DELETE',
  path: '/office/staff/invitations/{id}',
  caller: 'admin',
  params: z.object({ id: idSchema }),
  query: officeQuery,
  status: 204,
  response: z.undefined(),
  errors: ['manager_required', 'not_found'],
});

export const changeStaffRole = endpoint({
  id: 'staff.changeRole',
  summary: 'Gives a member of the staff another role. Holds from the next request on.',
  method: 'PATCH',
  path: '/office/staff/{id}',
  caller: 'admin',
  params: z.object({ id: idSchema }),
  query: officeQuery,
  body: z.object({ role: staffRoleSchema }),
  response: staffMemberSchema,
  errors: ['manager_required', 'not_found', 'last_admin'],
});

export const removeStaff = endpoint({
  id: 'staff.remove',
  summary: 'Takes the role from a person, who keeps the account and what else it holds.',
  method: 'DELETE',
  path: '/office/staff/{id}',
  caller: 'admin',
  params: z.object({ id: idSchema }),
  query: officeQuery,
  status: 204,
  response: z.undefined(),
  errors: ['manager_required', 'not_found', 'last_admin'],
});

const invitationCode = z.object({ email: emailSchema, code: mailedCodeSchema });

export const openInvitation = endpoint({
  id: 'invitations.open',
  summary: 'What an invitation is for. Told only to who holds its code.',
  method: 'POST',
  path: '/invitations/opening',
  caller: 'anyone',
  body: invitationCode,
  response: z.object({
    managerName: z.string(),
    role: staffRoleSchema,
    hasAccount: z.boolean().describe('Then the own password is enough.'),
  }),
  errors: ['code_rejected', 'rate_limited'],
});

export const acceptInvitation = endpoint({
  id: 'invitations.accept',
  summary:
    'Joins the staff: with a new account, or with the own password where there is one. The address is confirmed by it.',
  method: 'POST',
  path: '/invitations/acceptance',
  caller: 'anyone',
  body: invitationCode.extend({
    password: givenPasswordSchema.describe('A new account must keep the rule for own passwords.'),
    firstName: requiredLine(60).optional().describe('Needed for a new account.'),
    lastName: requiredLine(60).optional().describe('Needed for a new account.'),
    language: languageSchema.default('sl'),
  }),
  response: z.object({ email: z.string() }),
  status: 201,
  errors: ['code_rejected', 'wrong_password', 'email_taken', 'rate_limited'],
});
