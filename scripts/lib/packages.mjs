import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { inProject, root } from './folders.mjs';
import { run } from './processes.mjs';
import { Problem, say } from './say.mjs';

const windows = process.platform === 'win32';

/** The Node that the project pins: server, tests and tools run on it, whatever Node the machine has. */
export const pinnedNode = inProject('node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');

/** The environment in which `node` is the pinned one, for everything that we start. */
export const pinnedEnvironment = () => ({
  ...process.env,
  PATH: [dirname(pinnedNode), process.env.PATH].join(delimiter),
});

/** Runs a tool of node_modules on the pinned Node; see `run` for the answer and the options. */
export function runTool(script, args, options = {}) {
  const { env, ...rest } = options;
  return run(pinnedNode, [inProject('node_modules', ...script.split('/')), ...args], {
    cwd: root,
    env: { ...pinnedEnvironment(), ...env },
    ...rest,
  });
}

/** Makes node_modules what package-lock.json says, and the pinned Node ready. Does nothing when they are. */
export async function ensurePackages() {
  const lock = readJson('package-lock.json');
  if (!isInstalled(lock, readJson('node_modules', '.package-lock.json'))) {
    say('Installing the npm packages, which takes about a minute.');
    await npm('ci', '--loglevel=error');
  }
  const wanted = lock.packages['node_modules/node'].version;
  if (pinnedVersion() !== wanted) {
    say(`Installing Node ${wanted} for this project; the Node of this machine stays as it is.`);
    await npm('rebuild', 'node', '--ignore-scripts=false', '--loglevel=error');
    if (pinnedVersion() !== wanted)
      throw new Problem(`Node ${wanted} does not run from ${pinnedNode}: delete node_modules and try again.`);
  }
}

/**
 * Whether npm's own record of node_modules holds every package of the lock file, in the same version. Packages that
 * are optional (made for other platforms) may be missing.
 */
export function isInstalled(lock, installed) {
  return Object.entries(lock?.packages ?? {}).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed?.packages?.[path];
    if (!found) return wanted.optional === true || wanted.devOptional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

function readJson(...names) {
  try {
    return JSON.parse(readFileSync(inProject(...names), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function pinnedVersion() {
  const { stdout } = spawnSync(pinnedNode, ['--version'], { encoding: 'utf8' });
  return stdout?.trim().slice(1);
}

async function npm(...args) {
  // A shell, because npm is a script on Windows; the words are ours, so there is nothing to quote.
  const { code, output } = await run(`npm ${args.join(' ')}`, [], { cwd: root, shell: true });
  if (code === 0) return;
  say(output);
  throw new Problem(`npm ${args[0]} failed: see above, check the connection to the npm registry, and try again.`);
}
