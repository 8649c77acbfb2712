import { root } from './folders.mjs';
import { pinnedEnvironment } from './packages.mjs';
import { run } from './processes.mjs';
import { say } from './say.mjs';

/** The npm scripts that check the project without running it, the slowest first: two run at a time. */
const checks = ['lint', 'types', 'deps', 'format:check', 'electron-support'];

/** Runs the fast checks, shows the output of those that fail, and answers one part for all of them. */
export async function runChecks() {
  const waiting = [...checks];
  const part = { name: 'checks', passed: 0, failed: 0, skipped: 0, failures: [], secondTries: [] };
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const passed = await runCheck(check);
      part[passed ? 'passed' : 'failed'] += 1;
      if (!passed) part.failures.push(`npm run ${check}`);
    }
  };
  await Promise.all([worker(), worker()]);
  return part;
}

async function runCheck(check) {
  const started = Date.now();
  const options = { cwd: root, env: pinnedEnvironment(), shell: true };
  const { code, output } = await run(`npm run --silent ${check}`, [], options);
  say(`${check}: ${code === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  if (code !== 0) say(output);
  return code === 0;
}
