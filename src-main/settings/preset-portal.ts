import type { Logger } from '../log.ts';
import { portalOrigin } from './portal-address.ts';
import type { SettingsFile } from './settings.ts';

/** A managed installation names its portal in IIPORTAL_PORTAL: nobody has to type it. */
export async function presetPortal(settings: SettingsFile, address: string | undefined, log: Logger): Promise<void> {
  if (!address) return;
  const portal = portalOrigin(address);
  if (!portal) return log.error('preset_portal_refused');
  if (portal !== settings.get().portal) await settings.change({ portal });
}
