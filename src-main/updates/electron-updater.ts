import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { App } from 'electron';
import { z } from 'zod';
import type { Logger } from '../log.ts';
import { portalOrigin } from '../settings/portal-address.ts';
import { descriptionName } from './release.ts';
import type { UpdatesDeps, Updater } from './updates.ts';

/** What is put into package.json when a release is packaged (docs/release.md); it lies where its integrity is checked. */
const packageSchema = z.object({
  updates: z
    .object({ address: z.url().refine((address) => portalOrigin(new URL(address).origin)), publicKey: z.base64() })
    .optional(),
});

/** On Linux an AppImage alone renews itself: what dpkg has installed is dpkg's. */
const canRenewItself = (platform: NodeJS.Platform) => platform !== 'linux' || process.env['APPIMAGE'] !== undefined;

/** Where this program's newer versions come from; null where it does not renew itself, as when it is being developed. */
export async function updateSource(
  app: Pick<App, 'isPackaged' | 'getAppPath'>,
  log: Logger,
): Promise<UpdatesDeps['source']> {
  if (!app.isPackaged || !canRenewItself(process.platform)) return null;
  try {
    const { updates } = packageSchema.parse(JSON.parse(await readFile(join(app.getAppPath(), 'package.json'), 'utf8')));
    if (!updates) return null;
    return {
      load: () => loadUpdater(updates.address, log),
      description: descriptionName(process.platform, process.arch),
      publicKey: updates.publicKey,
    };
  } catch (error) {
    log.error('no_update_source', { error });
    return null;
  }
}

/** Loaded late: the start does not wait for it. */
async function loadUpdater(address: string, log: Logger): Promise<Updater> {
  const { autoUpdater } = await import('electron-updater');
  return strict(autoUpdater, address, log);
}

/** The part of electron-updater's own settings that is set. */
export interface UpdaterSettings {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  allowDowngrade: boolean;
  allowPrerelease: boolean;
  disableWebInstaller: boolean;
  logger: object | null;
  setFeedURL(options: { readonly provider: 'generic'; readonly url: string }): void;
}

/**
 * Nothing older, no trial version, no parts from elsewhere. The certificate of a Windows installer is checked by
 * electron-updater itself, against the publisher's name that was packaged.
 */
export function strict<T extends UpdaterSettings>(updater: T, address: string, log: Logger): T {
  const tell = (words: unknown) => log.warn('updater', { words: String(words).split('\n')[0] });
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.allowDowngrade = false;
  updater.allowPrerelease = false;
  updater.disableWebInstaller = true;
  updater.logger = { info: () => undefined, warn: tell, error: tell };
  updater.setFeedURL({ provider: 'generic', url: address });
  return updater;
}
