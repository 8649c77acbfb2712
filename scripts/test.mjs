/* npm test: the checks, the tests on SQLite and MariaDB, and the real application. Every part runs, whatever fails. */
import { runChecks } from './lib/checks.mjs';
import { buildClient } from './lib/client.mjs';
import { prepare } from './lib/prepare.mjs';
import { main, say } from './lib/say.mjs';
import { failedPart, summarize } from './lib/summary.mjs';
import { runAppTests, runTests } from './lib/test-run.mjs';

await main(async () => {
  const electron = await prepare({ tests: true });
  const parts = [await runChecks()];
  parts.push(...(await runTests('unit', 'main', 'renderer', 'sqlite', 'mariadb')));
  say(`The real application, on Electron ${electron.version}:`);
  const build = await buildClient(electron);
  if (build.code === 0) parts.push(...(await runAppTests()));
  else {
    say(build.output);
    parts.push(failedPart('building the client'));
  }
  summarize(parts);
});
