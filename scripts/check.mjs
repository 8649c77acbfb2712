/* npm run check: the fast checks alone (lint, types, imports, format). */
import { runChecks } from './lib/checks.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { main } from './lib/say.mjs';
import { summarize } from './lib/summary.mjs';

await main(async () => {
  await ensurePackages();
  summarize([await runChecks()]);
});
