/*
 * npm run package: builds the client and makes of it, in dist/, what people install on this kind of computer. Without
 * the current Electron, which is what must be shipped, it is only the folder of an installed program, for trying out.
 */
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildClient } from './lib/client.mjs';
import { inProject } from './lib/folders.mjs';
import { runTool } from './lib/packages.mjs';
import { prepare } from './lib/prepare.mjs';
import { main, Problem, say } from './lib/say.mjs';

const shipped = JSON.parse(readFileSync(inProject('package.json'), 'utf8')).devDependencies.electron;

async function succeed({ code, output }, what) {
  if (code === 0) return;
  say(output);
  throw new Problem(`${what}: see above.`);
}

await main(async () => {
  const electron = await prepare({ tryAgain: true });
  const forTrying = electron.version !== shipped;
  await succeed(await buildClient(electron), 'The client could not be built');
  const own = [`-c.electronDist=${electron.folder}`, `-c.electronVersion=${electron.version}`];
  const args = forTrying ? ['--dir', ...own] : own;
  await succeed(await runTool('electron-builder/cli.js', args), 'The client could not be packaged');
  if (!forTrying) return say(`The installer is in ${inProject('dist')}.`);
  const folder = inProject('dist', 'linux-unpacked');
  // The default app of the older Electron.
  await rm(join(folder, 'resources', 'app'), { recursive: true, force: true });
  say(`The program is in ${folder}, on Electron ${electron.version}: for trying out, not for shipping.`);
});
