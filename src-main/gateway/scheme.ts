import { protocol } from 'electron';
import { appScheme } from './app-protocol.ts';

/** Makes app:// an origin of its own like https. Must come before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}
