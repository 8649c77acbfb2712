import { root } from './folders.mjs';
import { pinnedEnvironment, pinnedNode } from './packages.mjs';
import { run } from './processes.mjs';
import { Problem, say } from './say.mjs';

/** Makes the demonstration in the data folder when it is not there yet; answers who can sign in (server/cli/demo.ts). */
export async function ensureDemonstration(dataFolder) {
  const env = { ...pinnedEnvironment(), DATA_DIR: dataFolder, LOG_LEVEL: 'silent' };
  const { code, output } = await run(pinnedNode, ['server/cli/index.ts', 'demo', '--json'], { cwd: root, env });
  if (code === 0) return JSON.parse(output);
  say(output);
  throw new Problem(`The demonstration could not be made: see above; deleting ${dataFolder} starts it anew.`);
}

/** Prints whom to sign in as. */
export function describeDemonstration({ accounts, registration }, address) {
  const width = Math.max(...accounts.map(({ email }) => email.length));
  say('');
  say(`The portal is ${address}. Sign in as`);
  for (const { role, email, password, manager } of accounts) {
    say(`  ${role.padEnd(8)}  ${email.padEnd(width)}  ${password}  ${manager}`);
  }
  const { payerCode, slipPassword, manager } = registration;
  say(`or try REGISTRACIJA with the payer code ${payerCode} and the slip password ${slipPassword} of ${manager}.`);
  say('');
}
