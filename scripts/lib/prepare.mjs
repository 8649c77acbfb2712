import { ensureElectron } from './electron.mjs';
import { ensurePackages } from './packages.mjs';
import { Problem } from './say.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

/**
 * Everything a fresh machine needs, each part only when it is missing: npm packages, the pinned Node, system packages,
 * Electron. Answers the Electron to use.
 */
export async function prepare({ tests = false, tryAgain = false } = {}) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) throw new Problem(`This is Node ${process.versions.node}: install Node 20 or newer (nodejs.org).`);
  await ensurePackages();
  await ensureSystemPackages({ tests });
  return ensureElectron({ tryAgain });
}
