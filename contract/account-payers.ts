import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { managerSchema } from './portal.ts';
import { page, pageQuery } from './schemas/page.ts';
import { payerCodeSchema } from './schemas/payer-code.ts';
import { slipPasswordSchema } from './schemas/slip-password.ts';
import { idSchema, line } from './schemas/text.ts';
import { givenPasswordSchema, sessionSchema } from './session.ts';

export const listManagers = endpoint({
  id: 'managers.list',
  summary: 'The managers on iiPortal by name, to find the one whose premises are to be added.',
  method: 'GET',
  path: '/managers',
  caller: 'account',
  query: pageQuery.extend({ search: line(100).optional().describe('In name, street and town.') }),
  response: page(managerSchema),
});

export const addPayer = endpoint({
  id: 'account.addPayer',
  summary: 'Adds premises to the account: at another manager, or further ones at the same.',
  method: 'POST',
  path: '/account/payers',
  caller: 'account',
  body: z.object({ managerId: idSchema, payerCode: payerCodeSchema, slipPassword: slipPasswordSchema }),
  response: sessionSchema,
  status: 201,
  errors: ['slip_password_rejected', 'payer_taken', 'email_unconfirmed', 'rate_limited'],
});

export const removePayer = endpoint({
  id: 'account.removePayer',
  summary: 'Takes premises off the account; the office is told. A new slip password brings them back.',
  method: 'POST',
  path: '/account/payers/{id}/removal',
  caller: 'resident',
  params: z.object({ id: idSchema }),
  body: z.object({ password: givenPasswordSchema }),
  response: sessionSchema,
  errors: ['wrong_password', 'rate_limited'],
});
