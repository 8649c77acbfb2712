import { ConfigError } from '../config.ts';
import { NotMigratedError } from '../db/migrate.ts';
import { accountDisable, accountEnable, accountSecondFactorOff } from './account.ts';
import { auditVerify } from './audit-verify.ts';
import { CheckFailed, findCommand, helpText, readArguments, UsageError, type Command } from './command.ts';
import { demo } from './demo.ts';
import { managerCreate } from './manager-create.ts';
import { migrate } from './migrate.ts';
import { sample } from './sample.ts';
import { staffCreate } from './staff-create.ts';

const commands: readonly Command[] = [
  migrate,
  managerCreate,
  staffCreate,
  accountDisable,
  accountEnable,
  accountSecondFactorOff,
  sample,
  demo,
  auditVerify,
];

/** Exit codes: 0 done, 1 it failed, 2 the command line or the settings are wrong. */
async function main(line: readonly string[]): Promise<number> {
  if (line.length === 0 || line.includes('--help')) {
    console.log(helpText(commands));
    return 0;
  }
  const found = findCommand(commands, line);
  if (!found) throw new UsageError(`No such command: ${line.join(' ')}. --help lists them.`);
  await found.command.run(readArguments(found.command, found.rest));
  return 0;
}

function explain(error: unknown): number {
  const isOperators = error instanceof UsageError || error instanceof ConfigError || error instanceof NotMigratedError;
  if (isOperators || error instanceof CheckFailed) console.error(error.message);
  else console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  return isOperators ? 2 : 1;
}

// As in server/index.ts: what is made in the data folder is the server's alone.
process.umask(0o077);
process.exitCode = await main(process.argv.slice(2)).catch(explain);
