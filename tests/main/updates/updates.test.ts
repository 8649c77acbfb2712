import { execFileSync } from 'node:child_process';
import { chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NodeHttpExecutor } from 'builder-util/out/nodeHttpExecutor.js';
import { AppImageUpdater } from 'electron-updater';
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor.js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { UpdateState } from '../../../contract/desktop/api.ts';
import { strict } from '../../../src-main/updates/electron-updater.ts';
import { createUpdates } from '../../../src-main/updates/updates.ts';
import { memoryLog } from '../../helpers/memory-log.ts';
import { newKeys, publicText, release, startReleaseServer } from '../../helpers/release-server.ts';
import type { ReleaseOptions, ReleaseServer } from '../../helpers/release-server.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

/*
 * The real electron-updater, as in an AppImage, against a web server on this computer. Only what Electron itself does
 * is Node's here: the network, and ending the program.
 */

const { publicKey, privateKey } = newKeys();
let server: ReleaseServer;
let folder: string;
/** What the person has and starts: a program that says which version it is. */
let program: string;

const programOf = (version: string) => `#!/bin/sh\necho ${version}\n`;
const installed = () => execFileSync(program, { encoding: 'utf8' }).trim();

beforeEach(async () => {
  server = await startReleaseServer();
  folder = await temporaryFolder();
  program = join(folder, 'iiPortal.AppImage');
  await writeFile(program, programOf('0.1.0'));
  await chmod(program, 0o755);
  await writeFile(join(folder, 'app-update.yml'), 'updaterCacheDirName: iiportal-updater\n');
  vi.stubEnv('APPIMAGE', program);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await server.stop();
});

/** electron-updater's own way to load a file, over Node's network. */
class Network extends NodeHttpExecutor {
  download = ElectronHttpExecutor.prototype.download;
}

class Updater extends AppImageUpdater {
  /** Ending the program is Electron's: installing is what counts. */
  override quitAndInstall(): void {
    this.autoRunAppAfterInstall = false;
    this.install(true, false);
  }
}

function openUpdates({ address = server.address, isManaged = false } = {}) {
  const { log, lines } = memoryLog();
  const quitting: ((code: number) => void)[] = [];
  const updater = new Updater(null, {
    ...{ version: '0.1.0', name: 'iiportal', isPackaged: true },
    ...{ userDataPath: folder, baseCachePath: folder, appUpdateConfigPath: join(folder, 'app-update.yml') },
    whenReady: () => Promise.resolve(),
    quit: () => undefined,
    relaunch: () => undefined,
    onQuit: (handler: (code: number) => void) => void quitting.push(handler),
  });
  Object.assign(updater, { httpExecutor: new Network(), _testOnlyOptions: null });
  const told: UpdateState[] = [];
  const beforeRestart = vi.fn();
  const updates = createUpdates({
    source: {
      load: () => Promise.resolve(strict(updater, address, log)),
      description: 'latest-linux.yml',
      publicKey: publicText(publicKey),
    },
    isManaged,
    onChange: (state) => told.push(state),
    beforeRestart,
    log,
  });
  const endProgram = () => quitting.forEach((handler) => handler(0));
  return { updates, updater, told, lines, beforeRestart, endProgram };
}

const newer = (more: Partial<ReleaseOptions> = {}) =>
  release({ version: '0.2.0', content: programOf('0.2.0'), privateKey, ...more });

describe.skipIf(process.platform !== 'linux')('an update', () => {
  test('that is newer is fetched, told, and installed when the person says so', async () => {
    server.publish(newer());
    const { updates, told, beforeRestart } = openUpdates();
    expect(await updates.check()).toEqual({ state: 'ready', version: '0.2.0' });
    expect(told).toEqual([{ state: 'ready', version: '0.2.0' }]);
    expect(installed()).toBe('0.1.0');
    await updates.restart();
    expect(beforeRestart).toHaveBeenCalledOnce();
    expect(installed()).toBe('0.2.0');
  });

  test('is installed when the person just ends the program', async () => {
    server.publish(newer());
    const { updates, endProgram } = openUpdates();
    await updates.check();
    endProgram();
    expect(installed()).toBe('0.2.0');
  });

  test('is fetched once, and told once', async () => {
    server.publish(newer());
    const { updates, told } = openUpdates();
    await Promise.all([updates.check(), updates.check()]);
    await updates.check();
    expect(told).toHaveLength(1);
    expect(server.asked.filter((name) => name === 'iiPortal.AppImage')).toHaveLength(1);
  });

  test.each([
    ['older', '0.0.9'],
    ['the same', '0.1.0'],
  ])('that is %s is none, although the publisher signed it', async (_, version) => {
    server.publish(newer({ version }));
    const { updates, told } = openUpdates();
    expect(await updates.check()).toEqual({ state: 'none' });
    expect(told).toEqual([]);
    expect(server.asked).toEqual(['latest-linux.yml']);
  });

  test.each<[string, Partial<ReleaseOptions>]>([
    ['signed by somebody else', { privateKey: newKeys().privateKey }],
    ['not signed', { afterwards: { signature: undefined } }],
    ['with a signature of no form', { afterwards: { signature: 'x' } }],
    ['an older one under a newer number', { version: '0.0.9', afterwards: { version: '9.9.9' } }],
    ['for another system', { descriptionName: 'latest.yml' }],
    ['a trial version', { version: '0.2.0-beta.1' }],
    ['from elsewhere', { name: 'https://elsewhere.example/iiPortal.AppImage' }],
    ['with parts to be fetched from elsewhere', { afterwards: { packages: { x64: { path: 'x.7z', sha512: 'x' } } } }],
    [
      'with another file under the signature',
      { afterwards: { files: [{ url: 'iiPortal.AppImage', sha512: `${'A'.repeat(86)}==`, size: 12 }] } },
    ],
  ])('%s is refused before anything is fetched', async (_, more) => {
    server.publish(newer(more));
    const { updates, told, lines, endProgram } = openUpdates();
    expect(await updates.check()).toEqual({ state: 'none' });
    expect(told).toEqual([]);
    expect(server.asked).toEqual(['latest-linux.yml']);
    expect(lines.join('')).toContain('update_not_taken');
    await updates.restart();
    endProgram();
    expect(installed()).toBe('0.1.0');
  });

  test.each([
    ['cut off', programOf('0.2.0').slice(0, -4)],
    ['changed', programOf('0.6.6')],
    ['empty', ''],
  ])('whose file is %s is refused, and nothing of it stays', async (_, content) => {
    const good = newer();
    server.publish({ ...good, files: { 'iiPortal.AppImage': Buffer.from(content) } });
    const { updates, endProgram } = openUpdates();
    expect(await updates.check()).toEqual({ state: 'none' });
    expect(await readdir(join(folder, 'iiportal-updater', 'pending'))).toEqual([]);
    endProgram();
    expect(installed()).toBe('0.1.0');
    // What is there the next time counts.
    server.publish(good);
    expect(await updates.check()).toEqual({ state: 'ready', version: '0.2.0' });
  });

  test('that was changed on the disk while it waited is not installed', async () => {
    server.publish(newer());
    const { updates, told, beforeRestart, endProgram } = openUpdates();
    await updates.check();
    const fetched = join(folder, 'iiportal-updater', 'pending', 'iiPortal.AppImage');
    await writeFile(fetched, programOf('0.6.6'));
    expect(await updates.restart()).toEqual({ state: 'none' });
    expect(beforeRestart).not.toHaveBeenCalled();
    endProgram();
    expect(installed()).toBe('0.1.0');
    expect(told.at(-1)).toEqual({ state: 'none' });
  });

  test('comes to a share of the computers first, always the same ones', async () => {
    // Of an identifier, electron-updater takes the last four bytes: the first computer is at 10 %, the other at 90 %.
    const at = async (share: string, stagingPercentage: number) => {
      await writeFile(join(folder, '.updaterId'), `11111111-1111-4111-8111-1111${share}1111`);
      server.publish(newer({ afterwards: { stagingPercentage } }));
      return (await openUpdates().updates.check()).state;
    };
    expect(await at('1999', 50)).toBe('ready');
    expect(await at('e666', 50)).toBe('none');
    expect(await at('e666', 100)).toBe('ready');
    expect(await at('1999', 0)).toBe('none');
  });

  test('is not asked for where somebody looks after the computer', async () => {
    server.publish(newer());
    const { updates } = openUpdates({ isManaged: true });
    expect(await updates.check()).toEqual({ state: 'managed' });
    await updates.restart();
    expect(server.asked).toEqual([]);
  });

  test('is silently none without a network, or where the publisher has none', async () => {
    const { updates, told, lines } = openUpdates();
    expect(await updates.check()).toEqual({ state: 'none' });
    const elsewhere = openUpdates({ address: 'http://127.0.0.1:9/' });
    expect(await elsewhere.updates.check()).toEqual({ state: 'none' });
    expect([...told, ...elsewhere.told]).toEqual([]);
    expect([...lines, ...elsewhere.lines].join('')).not.toContain('"error","event"');
  });
});

test('a program without an address for its updates has none', async () => {
  const { log } = memoryLog();
  const updates = createUpdates({
    ...{ source: null, isManaged: false, onChange: () => undefined, beforeRestart: () => undefined, log },
  });
  expect(await updates.check()).toEqual({ state: 'off' });
  expect(await updates.restart()).toEqual({ state: 'off' });
});
