import { root } from './folders.mjs';
import { pinnedEnvironment, pinnedNode } from './packages.mjs';
import { run } from './processes.mjs';
import { Problem, say } from './say.mjs';

/** Makes the demonstration in the data folder when it is not there yet; answers who can sign in (server/cli/demo.ts). */
export async function ensureDemonstration(dataFolder) {
  const env = { ...pinnedEnvironment(), DATA_DIR: dataFolder, LOG_LEVEL: 'silent' };
  const { code, output } = await run(pinnedNode, ['server/cli/index.ts', 'demo'], { cwd: root, env });
  if (code === 0) return JSON.parse(output);
  say(output);
  throw new Problem(`The demonstration could not be made: see above; deleting ${dataFolder} starts it anew.`);
}

/** Prints whom to sign in as. Each manager has a portal: the same server under another name. */
export function describeDemonstration({ managers, accounts, registration }, address) {
  const { port } = new URL(address);
  const width = Math.max(...accounts.map(({ email }) => email.length));
  for (const { name, host } of managers) {
    say(`\n${name}, http://${host}:${port}`);
    for (const { role, email, password } of accounts.filter((account) => account.host === host)) {
      say(`  ${role.padEnd(8)}  ${email.padEnd(width)}  ${password}`);
    }
  }
  if (registration) {
    const { manager, payerCode, slipPassword } = registration;
    say(`\nTo try REGISTRACIJA at ${manager}: payer code ${payerCode}, slip password ${slipPassword}`);
  }
  say('');
}
