import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { findElectron } from '../../scripts/lib/electron.mjs';
import { packageLinuxFolder } from '../../scripts/lib/package-client.mjs';
import { freePort } from '../../scripts/lib/processes.mjs';
import { updateSettings } from '../../scripts/lib/release-settings.mjs';
import { newKeys, publicText, release, startReleaseServer, type ReleaseServer } from '../helpers/release-server.ts';
import { createPortal, type Portal } from './portal.ts';
import { choosePortal, signIn } from './screens.ts';

const patienceMs = 120_000;

async function connect(port: number): Promise<Browser> {
  for (const end = Date.now() + patienceMs; ; await sleep(200)) {
    try {
      return await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

describe.skipIf(process.platform !== 'linux')('the packaged program', () => {
  const keys = newKeys();
  let folder: string;
  let installed: string;
  let running: ChildProcess | undefined;
  let releases: ReleaseServer;
  let portal: Portal;
  let page: Page;
  let browser: Browser;
  const file = (name: string) => join(folder, name);

  /** As if it ran from an AppImage, which renews itself: that file is what an update replaces. */
  async function start(): Promise<void> {
    const { flags, env } = inject('desktop');
    const port = await freePort();
    await writeFile(file('iiPortal.AppImage'), '#!/bin/sh\n');
    await chmod(file('iiPortal.AppImage'), 0o755);
    const own = { APPIMAGE: file('iiPortal.AppImage'), XDG_CACHE_HOME: file('cache') };
    const args = [...flags, `--user-data-dir=${file('profile')}`, `--remote-debugging-port=${port}`, '--lang=sl'];
    running = spawn(join(installed, 'iiportal'), args, { env: { ...env, ...own }, stdio: 'ignore' });
    browser = await connect(port);
    const context = browser.contexts()[0]!;
    page = context.pages()[0] ?? (await context.waitForEvent('page'));
    page.setDefaultTimeout(patienceMs);
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'iiportal-package-'));
    releases = await startReleaseServer();
    const settings = updateSettings(releases.address, publicText(keys.publicKey));
    installed = await packageLinuxFolder(findElectron()!, folder, settings);
    portal = await createPortal('sqlite');
  });

  afterAll(async () => {
    await browser?.close().catch(() => undefined);
    if (running?.exitCode === null && running.kill('SIGKILL')) await once(running, 'exit');
    await portal.remove();
    await releases.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  it('has the fuses that a shipped program must have', async () => {
    const wire = await getCurrentFuseWire(join(installed, 'iiportal'));
    const isOn = (fuse: FuseV1Options) => wire[fuse] === FuseState.ENABLE;
    expect({
      runAsNode: isOn(FuseV1Options.RunAsNode),
      cookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
      nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      inspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
      asarIntegrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      asarAlone: isOn(FuseV1Options.OnlyLoadAppFromAsar),
      filePrivileges: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
    }).toEqual({
      runAsNode: false,
      cookieEncryption: true,
      nodeOptions: false,
      inspect: false,
      asarIntegrity: true,
      asarAlone: true,
      filePrivileges: false,
    });
  });

  it('holds the client alone', async () => {
    const resources = join(installed, 'resources');
    expect((await readdir(resources)).sort()).toEqual(['app-update.yml', 'app.asar', 'app.asar.unpacked']);
    // The server's libraries have tens of megabytes.
    expect((await stat(join(resources, 'app.asar'))).size).toBeLessThan(6_000_000);
  });

  it('starts, asks for the portal and reaches the keychain', async () => {
    await start();
    await page.getByLabel('Naslov portala').waitFor();
    expect(await page.evaluate(() => window.desktop.shell.info())).toMatchObject({ language: 'sl' });
    expect(await page.evaluate(() => window.desktop.keeping.status())).toMatchObject({ keychain: 'available' });
  });

  it('signs in at a real portal and shows the slips', async () => {
    const { accounts } = JSON.parse(await portal.operate('demo')) as {
      accounts: { role: string; email: string; password: string }[];
    };
    const { email, password } = accounts.find(({ role }) => role === 'resident')!;
    await portal.start();
    await choosePortal(page, portal.address);
    await signIn(page, email, password);
    await page.getByRole('navigation').getByRole('link', { name: 'Razdelilniki', exact: true }).click();
    await page.getByRole('heading', { name: 'Razdelilniki', level: 1 }).waitFor();
    await page.locator('main a[href*="slips/"]').first().waitFor();
  });

  it('takes no update that the publisher has not signed', async () => {
    const privateKey = newKeys().privateKey;
    releases.publish(release({ version: '99.0.0', content: '#!/bin/sh\n', privateKey }));
    expect(await page.evaluate(() => window.desktop.updates.check())).toEqual({ state: 'none' });
    expect(releases.asked).toEqual(['latest-linux.yml']);
  });

  it('tells of one that is signed, and becomes it when the person says so', async () => {
    const content = `#!/bin/sh\necho started > '${file('started')}'\n`;
    releases.publish(release({ version: '99.0.1', content, privateKey: keys.privateKey }));
    expect(await page.evaluate(() => window.desktop.updates.check())).toEqual({ state: 'ready', version: '99.0.1' });
    const ended = once(running!, 'exit');
    await page.getByRole('button', { name: 'Znova zaženi' }).click();
    expect(await ended).toEqual([0, null]);
    await expect
      .poll(() => readFile(file('started'), 'utf8').catch(() => ''), { timeout: patienceMs })
      .toBe('started\n');
    expect(await readFile(file('iiPortal.AppImage'), 'utf8')).toBe(content);
  });
});
