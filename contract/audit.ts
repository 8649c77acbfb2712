import { z } from 'zod';
import { auditActions, type AuditAction } from './audit-actions.ts';
import { binary, endpoint } from './endpoint.ts';
import { officeQuery } from './imports.ts';
import { page, pageQuery } from './schemas/page.ts';
import { idSchema } from './schemas/text.ts';
import { instantSchema } from './schemas/time.ts';

/** What deeds are about, as the log is looked through. */
export const auditTopics = [
  'runs',
  'payers',
  'slip-passwords',
  'e-invoices',
  'mails',
  'settings',
  'staff',
  'access',
  'log',
] as const;
export type AuditTopic = (typeof auditTopics)[number];

/** What stands before an action's dot. */
type Family = AuditAction extends infer Action ? (Action extends `${infer Name}.${string}` ? Name : never) : never;

const topicOfFamily = {
  ...{ import: 'runs', run: 'runs', print_run: 'runs' },
  ...{ payer: 'payers', payers: 'payers', registration: 'payers', slip: 'payers', slips: 'payers', data: 'payers' },
  ...{ slip_passwords: 'slip-passwords', e_invoice: 'e-invoices', mail: 'mails', mails: 'mails' },
  ...{ manager: 'settings', logo: 'settings', host: 'settings', iban: 'settings', api_key: 'settings' },
  ...{ staff: 'staff', audit: 'log' },
  ...{ session: 'access', password: 'access', second_factor: 'access', email: 'access', account: 'access' },
  limits: 'access',
} as const satisfies Record<Family, AuditTopic>;

/** The actions that a choice stands for: a topic's, or the one action. */
export const actionsOf = (choice: AuditTopic | AuditAction): AuditAction[] =>
  auditActions.filter((action) => action === choice || topicOfFamily[action.replace(/\..*/, '') as Family] === choice);

export const auditFilterSchema = z.object({
  from: instantSchema.optional(),
  until: instantSchema.optional().describe('Up to this moment and without it.'),
  what: z
    .enum([...auditTopics, ...auditActions])
    .optional()
    .describe('A topic or one action.'),
  actorId: idSchema.optional().describe('The account of who did it.'),
  payerId: idSchema.optional().describe('To whom it was done.'),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

/**
 * Who did it. staff: on the manager's staff now; person: any other account, a resident's or of who has left; program:
 * with a key for other programs; nobody: not signed in; server: the portal itself, or who runs it.
 */
export const auditActorSchema = z.object({
  kind: z.enum(['staff', 'person', 'program', 'nobody', 'server']),
  name: z.string().nullable().describe('Of the person or the key; null where there is none any more.'),
  email: z.string().nullable().describe('Of staff alone.'),
});

export const auditEntrySchema = z.object({
  id: z.string().describe("The entry's number in the manager's log: 1, 2, 3 ... without a gap."),
  at: instantSchema,
  action: z.enum(auditActions),
  actor: auditActorSchema,
  address: z.string().nullable().describe('The network address that it was asked from.'),
  subject: z
    .object({
      kind: z.string().describe('payer, import, run, account, slip, ...'),
      id: z.string(),
      name: z.string().nullable().describe('As it is called now; null where it is gone, or never had a name.'),
    })
    .nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const listAudit = endpoint({
  id: 'audit.list',
  summary: "What happened at the manager, newest first. Deeds about accounts alone belong to no manager's log.",
  method: 'GET',
  path: '/office/audit',
  caller: 'admin',
  query: officeQuery.extend(pageQuery.shape).extend(auditFilterSchema.shape),
  response: page(auditEntrySchema),
  errors: ['manager_required'],
});

export const exportAudit = endpoint({
  id: 'audit.export',
  summary: 'The entries that fit as CSV, newest first. That it was exported is an entry of its own.',
  method: 'GET',
  path: '/office/audit/export',
  caller: 'admin',
  query: officeQuery.extend(auditFilterSchema.shape),
  response: binary('text/csv'),
  errors: ['manager_required', 'not_found'],
  via: 'main',
});
