import { z } from 'zod';
import { binary, endpoint } from './endpoint.ts';
import { officeQuery } from './imports.ts';
import { page, pageQuery } from './schemas/page.ts';
import { idSchema, line } from './schemas/text.ts';
import { instantSchema } from './schemas/time.ts';

const options = {
  onlyWithoutValid: z
    .boolean()
    .optional()
    .describe('Leaves out those whose slip password is still good, which then stays good.'),
};

/** Whom slip passwords are for. Payers who have an account are passed over. */
export const slipPasswordOrderSchema = z.union([
  z.strictObject({ payerIds: z.array(idSchema).min(1).max(1000), ...options }),
  z.strictObject({ allWithoutAccount: z.literal(true), ...options }),
  z.strictObject({
    buildingIds: z.array(idSchema).min(1).max(500).describe('With a unit there on their newest slip.'),
    ...options,
  }),
  z.strictObject({ runId: idSchema.describe('With a slip of this run.'), ...options }),
]);

export type SlipPasswordOrder = z.infer<typeof slipPasswordOrderSchema>;

/** The most slip passwords that one JSON answer holds; more come as a file. */
export const mostListed = 1000;

/** The headers of an answer that tell, before its first byte, the batch and how many payers it is for. */
export const batchHeader = 'x-slip-password-batch';
export const batchPayersHeader = 'x-slip-password-payers';

export const countSlipPasswords = endpoint({
  id: 'slipPasswords.count',
  summary: 'What an order comes to, before anything is issued.',
  method: 'POST',
  path: '/office/slip-passwords/count',
  caller: 'admin',
  query: officeQuery,
  body: slipPasswordOrderSchema,
  response: z.object({
    payers: z.int().describe('That the order is about.'),
    withAccount: z.int().describe('Of these; they need none and get none.'),
    withValid: z.int().describe('Without an account, with a slip password that is still good.'),
    issues: z.int().describe('Slip passwords that would be issued.'),
    voids: z.int().describe('Good ones that would be void at once.'),
    incompleteAddresses: z.int().describe('Payers without street or town among those who would get one.'),
    expiresAt: instantSchema.describe('If they were issued now.'),
  }),
  errors: ['manager_required', 'not_found'],
});

export const issueSlipPasswords = endpoint({
  id: 'slipPasswords.issue',
  summary:
    'Issues slip passwords and shows them, this once. As JSON up to 1000; as text/csv (by payer code) or letters as application/pdf (in postal order) any number, issued as the file is taken: when it breaks off, those that were in it are void. Earlier ones of the same payers are void.',
  method: 'POST',
  path: '/office/slip-passwords',
  caller: 'admin',
  query: officeQuery,
  body: slipPasswordOrderSchema,
  response: z.object({
    batchId: idSchema,
    issued: z.array(
      z.object({
        payerId: idSchema,
        payerCode: z.string(),
        payerName: z.string(),
        slipPassword: z.string(),
        expiresAt: instantSchema,
      }),
    ),
  }),
  alternative: binary('application/pdf', 'text/csv'),
  status: 201,
  errors: ['manager_required', 'not_found', 'payer_taken', 'not_acceptable'],
});

/** How some payers stand: each of them is in one of the four. */
const standingShape = {
  payers: z.int(),
  registered: z.int(),
  issued: z.int().describe('No account, but a slip password that is good.'),
  expired: z.int().describe('No account, and a slip password that has expired.'),
  none: z.int().describe('No account, and no slip password, or one that was used or revoked.'),
};

export const slipPasswordStandingSchema = z.object(standingShape).extend({
  unreached: z
    .int()
    .describe('Of those without any: never had one. The others had one that was revoked, or an account.'),
});
export type SlipPasswordStanding = z.infer<typeof slipPasswordStandingSchema>;

export const getSlipPasswordStanding = endpoint({
  id: 'slipPasswords.standing',
  summary: "How all of the manager's payers stand with the portal.",
  method: 'GET',
  path: '/office/slip-passwords/standing',
  caller: 'clerk',
  query: officeQuery,
  response: slipPasswordStandingSchema,
  errors: ['manager_required'],
});

export const buildingStandingSchema = z.object({ id: idSchema, name: z.string(), ...standingShape });
export type BuildingStanding = z.infer<typeof buildingStandingSchema>;

export const listBuildingStandings = endpoint({
  id: 'slipPasswords.buildings',
  summary: 'How the payers of each building stand, by its name. A payer with units in two is counted in both.',
  method: 'GET',
  path: '/office/slip-passwords/buildings',
  caller: 'clerk',
  query: officeQuery
    .extend(pageQuery.shape)
    .extend({ search: line(100).optional().describe("In the building's name.") }),
  response: page(buildingStandingSchema),
  errors: ['manager_required'],
});

/**
 * issuing: the file is being sent; done: all of it was; broken: it was not, and what was in it is void; revoked: by the
 * office.
 */
export const batchStateSchema = z.enum(['issuing', 'done', 'broken', 'revoked']);

export const slipPasswordBatchSchema = z.object({
  id: idSchema,
  form: z.enum(['list', 'letters', 'slips', 'unknown']).describe('slips: on the slips of a print run.'),
  whom: z.enum(['payers', 'all', 'buildings', 'run', 'unknown']),
  state: batchStateSchema,
  issuedAt: instantSchema,
  issuedBy: z.string().describe('Empty when that account is gone.'),
  expiresAt: instantSchema,
  payers: z.int().describe('How many it is for.'),
  issued: z.int().describe('How many there are so far.'),
  used: z.int(),
  revoked: z.int().describe('By the office, or by a later one of the same payer.'),
  expired: z.int(),
  valid: z.int(),
});
export type SlipPasswordBatch = z.infer<typeof slipPasswordBatchSchema>;

export const listSlipPasswordBatches = endpoint({
  id: 'slipPasswords.batches',
  summary: 'Who issued slip passwords when, newest first, and what has become of them.',
  method: 'GET',
  path: '/office/slip-passwords/batches',
  caller: 'clerk',
  query: officeQuery.extend(pageQuery.shape).extend({ limit: z.coerce.number().int().min(1).max(20).default(10) }),
  response: page(slipPasswordBatchSchema),
  errors: ['manager_required'],
});

const oneBatch = { params: z.object({ id: idSchema }), query: officeQuery, response: slipPasswordBatchSchema } as const;

export const getSlipPasswordBatch = endpoint({
  ...oneBatch,
  id: 'slipPasswords.batch',
  summary: 'One batch: also how far it is while its file is being sent.',
  method: 'GET',
  path: '/office/slip-passwords/batches/{id}',
  caller: 'clerk',
  errors: ['manager_required', 'not_found'],
});

export const revokeSlipPasswordBatch = endpoint({
  ...oneBatch,
  id: 'slipPasswords.revokeBatch',
  summary: 'Voids all slip passwords of a batch that nobody has used: its letters were lost. Cannot be undone.',
  method: 'POST',
  path: '/office/slip-passwords/batches/{id}/revocation',
  caller: 'admin',
  errors: ['manager_required', 'not_found'],
});
