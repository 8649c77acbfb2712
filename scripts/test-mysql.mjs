/*
 * npm run test:mysql: the tests of the server on a real MySQL. Ends with 0 only when they ran and passed, and with 3
 * where no MySQL can be had.
 */
import { MySqlMissing, findMySql } from './lib/mysql.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { main, say } from './lib/say.mjs';
import { summarize } from './lib/summary.mjs';
import { runTests } from './lib/test-run.mjs';

await main(async () => {
  await ensurePackages();
  try {
    await findMySql();
  } catch (error) {
    if (!(error instanceof MySqlMissing)) throw error;
    say(error.message);
    process.exitCode = 3;
    return;
  }
  summarize(await runTests('mysql'));
});
