import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { DesktopApi } from '../../contract/desktop/api.ts';
import { findElectron } from '../../scripts/lib/electron.mjs';
import { packageLinuxFolder } from '../../scripts/lib/package-client.mjs';
import { freePort } from '../../scripts/lib/processes.mjs';

const patienceMs = 30_000;

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
  let folder: string;
  let installed: string;
  let running: ChildProcess | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'iiportal-package-'));
    installed = await packageLinuxFolder(findElectron()!, folder);
  });

  afterAll(async () => {
    if (running?.exitCode === null && running.kill('SIGKILL')) await once(running, 'exit');
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
    expect((await readdir(resources)).sort()).toEqual(['app.asar', 'app.asar.unpacked']);
    // The server's libraries have tens of megabytes.
    expect((await stat(join(resources, 'app.asar'))).size).toBeLessThan(6_000_000);
  });

  it('starts, asks for the portal and reaches the keychain', async () => {
    const { flags, env } = inject('desktop');
    const port = await freePort();
    const args = [...flags, `--user-data-dir=${join(folder, 'profile')}`, `--remote-debugging-port=${port}`];
    running = spawn(join(installed, 'iiportal'), args, { env, stdio: 'ignore' });
    const browser = await connect(port);
    const context = browser.contexts()[0]!;
    const page = context.pages()[0] ?? (await context.waitForEvent('page'));
    await page.getByLabel('Naslov portala').waitFor({ timeout: patienceMs });
    const info = await page.evaluate(() => (window as unknown as { desktop: DesktopApi }).desktop.shell.info());
    expect(info).toMatchObject({ keychain: 'available', language: 'sl' });
    await browser.close();
  });
});
