import { text } from 'node:stream/consumers';
import type { ErrorCode } from '../../contract/errors.ts';
import { ownPasswordSchema } from '../../contract/schemas/own-password.ts';
import { emailSchema, idSchema, requiredLine } from '../../contract/schemas/text.ts';
import { staffRoleSchema } from '../../contract/session.ts';
import { ApiError } from '../http/api-error.ts';
import { Manager } from '../models/manager.ts';
import { createStaff } from '../modules/staff/staff.service.ts';
import { check } from './check.ts';
import { UsageError, type Arguments, type Command } from './command.ts';
import { generatePassword } from './generate-password.ts';
import { withServices } from './with-services.ts';

async function readPassword(given: Arguments): Promise<string> {
  if (!given.isSet('password-stdin')) return generatePassword();
  return check('password-stdin', ownPasswordSchema, (await text(process.stdin)).replace(/\r?\n$/, ''));
}

const refusals: Partial<Record<ErrorCode, string>> = {
  email_unconfirmed: '--email: an account has this address that never confirmed it, so it may be somebody else',
  last_admin: "--role: this is the manager's only admin; make another one first",
};

function explainRefusal(error: unknown): never {
  const explained = error instanceof ApiError ? refusals[error.code] : undefined;
  throw explained === undefined ? error : new UsageError(explained);
}

export const staffCreate: Command = {
  words: 'staff create',
  summary: 'Gives a person a role at a manager, and an account if there is none. Prints a new password, once.',
  options: {
    email: { value: 'EMAIL', help: 'To sign in with', required: true },
    role: { value: 'clerk|admin', help: 'What the person may do', required: true },
    manager: { value: 'ID', help: 'The manager, as printed by manager create', required: true },
    'first-name': { value: 'NAME', help: 'First name', required: true },
    'last-name': { value: 'NAME', help: 'Last name', required: true },
    'password-stdin': { value: false, help: 'Read the password from standard input instead of making one' },
  },
  run: async (given) => {
    const password = await readPassword(given);
    const staff = {
      managerId: check('manager', idSchema, given.text('manager')),
      role: check('role', staffRoleSchema, given.text('role')),
      email: check('email', emailSchema, given.text('email')),
      firstName: check('first-name', requiredLine(60), given.text('first-name')),
      lastName: check('last-name', requiredLine(60), given.text('last-name')),
      password,
    };
    const { isNewAccount } = await withServices(async (services) => {
      if (!(await Manager.query(services.db).findById(staff.managerId))) {
        throw new UsageError('--manager: there is none with this id');
      }
      return createStaff(services, staff).catch(explainRefusal);
    });
    if (!isNewAccount) console.log(`${staff.email} has an account already and keeps its password.`);
    else if (!given.isSet('password-stdin')) console.log(password);
  },
};
