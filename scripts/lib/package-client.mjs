import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runTool } from './packages.mjs';
import { Problem, say } from './say.mjs';

async function runBuilder(electron, output, args, more) {
  const settings = {
    electronDist: electron.folder,
    electronVersion: electron.version,
    'directories.output': output,
    ...more,
  };
  const given = Object.entries(settings).map(([name, value]) => `-c.${name}=${value}`);
  const { code, output: words } = await runTool('electron-builder/cli.js', [...args, '--publish=never', ...given]);
  if (code === 0) return;
  say(words);
  throw new Problem('The client could not be packaged: see above.');
}

/** Makes of out/ what people install on this kind of computer; a .deb names who maintains it, so it needs a release. */
export const packageInstaller = (electron, output, release) =>
  runBuilder(electron, output, process.platform === 'linux' && !release ? ['--linux', 'AppImage'] : [], release ?? {});

/** Makes of out/ the folder of a program installed on Linux, and answers its path. */
export async function packageLinuxFolder(electron, output, settings = {}) {
  await runBuilder(electron, output, ['--linux', 'dir'], settings);
  const folder = join(output, 'linux-unpacked');
  // The default app, which the older Electron carries as a folder.
  await rm(join(folder, 'resources', 'app'), { recursive: true, force: true });
  return folder;
}
