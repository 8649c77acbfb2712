import { emailSchema } from '../../contract/schemas/text.ts';
import {
  disableAccount,
  enableAccount,
  turnSecondFactorOff,
  type Outcome,
} from '../modules/account/operator.service.ts';
import type { Services } from '../services.ts';
import { check } from './check.ts';
import { UsageError, type Command } from './command.ts';
import { withServices } from './with-services.ts';

interface AccountCommand {
  readonly words: string;
  readonly summary: string;
  readonly work: (services: Services, email: string) => Promise<Outcome>;
  /** What is true of the account then, whoever made it so. */
  readonly result: string;
}

const accountCommand = ({ words, summary, work, result }: AccountCommand): Command => ({
  words,
  summary,
  options: { email: { value: 'EMAIL', help: 'Of the account', required: true } },
  run: async (given) => {
    const email = check('email', emailSchema, given.text('email'));
    const outcome = await withServices((services) => work(services, email));
    if (outcome === 'no_such_account') throw new UsageError('--email: there is no account with this address');
    console.log(outcome === 'done' ? `${email} ${result}.` : `Nothing to do: ${email} ${result}.`);
  },
});

export const accountDisable = accountCommand({
  words: 'account disable',
  summary: 'Closes an account: signs it out at once, and lets nobody sign in with it.',
  work: disableAccount,
  result: 'is disabled',
});

export const accountEnable = accountCommand({
  words: 'account enable',
  summary: 'Opens a closed account again.',
  work: enableAccount,
  result: 'is enabled',
});

export const accountSecondFactorOff = accountCommand({
  words: 'account second-factor-off',
  summary: 'Turns the second factor off, for somebody who has lost it. The person is told by mail.',
  work: turnSecondFactorOff,
  result: 'has no second factor',
});
