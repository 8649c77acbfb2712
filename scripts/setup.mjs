/* npm run setup: makes this machine ready to run and test the project. `npm start` and `npm test` do it themselves. */
import { prepare } from './lib/prepare.mjs';
import { main, say } from './lib/say.mjs';

await main(async () => {
  const electron = await prepare({ tests: process.argv.includes('--tests'), tryAgain: true });
  say(`Ready: Electron ${electron.version} in ${electron.folder}.`);
});
