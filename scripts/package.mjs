/*
 * npm run package: builds the client and makes of it, in dist/, what people install on this kind of computer. Without
 * the current Electron, which is what must be shipped, it is only the folder of an installed program, for trying out.
 */
import { readFileSync } from 'node:fs';
import { buildClient } from './lib/client.mjs';
import { inProject } from './lib/folders.mjs';
import { packageInstaller, packageLinuxFolder } from './lib/package-client.mjs';
import { prepare } from './lib/prepare.mjs';
import { releaseSettings } from './lib/release-settings.mjs';
import { main, Problem, say } from './lib/say.mjs';

const shipped = JSON.parse(readFileSync(inProject('package.json'), 'utf8')).devDependencies.electron;
const dist = inProject('dist');

await main(async () => {
  const release = releaseSettings(process.env, process.platform);
  const electron = await prepare({ tryAgain: true });
  const { code, output } = await buildClient(electron);
  if (code !== 0) {
    say(output);
    throw new Problem('The client could not be built: see above.');
  }
  if (electron.version === shipped) {
    await packageInstaller(electron, dist, release);
    say(`The installer is in ${dist}.`);
    say(release ? 'Sign it with "npm run release -- sign dist".' : 'It is no release: it does not renew itself.');
  } else {
    if (release) throw new Problem(`A release is packaged with Electron ${shipped}, which could not be had here.`);
    const folder = await packageLinuxFolder(electron, dist);
    say(`The program is in ${folder}, on Electron ${electron.version}: for trying out, not for shipping.`);
  }
});
