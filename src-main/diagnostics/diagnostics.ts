import type { Keeping, OfflineState, ShellInfo, UpdateState } from '../../contract/desktop/api.ts';
import type { SettingsFile } from '../settings/settings.ts';

export interface DiagnosticsDeps {
  readonly versions: Pick<ShellInfo, 'version' | 'electron'>;
  /** The operating system: its name, version and processor. */
  readonly system: () => string;
  readonly settings: SettingsFile;
  readonly keeping: () => Promise<Pick<Keeping, 'keychain' | 'disk'>>;
  readonly offline: () => Promise<Pick<OfflineState, 'status' | 'done' | 'total' | 'bytes'>>;
  readonly updates: () => UpdateState;
  /** The last lines of the log, in which there is nobody. */
  readonly tail: (lines: number) => Promise<string[]>;
  readonly clock: () => Date;
}

const lastLines = 200;

/**
 * What helps whoever helps: versions, states, sizes and the end of the log, as a text that the person reads before it
 * goes anywhere. No name, no address of theirs, no amount, no file. What cannot be found out is said to be so.
 */
export function createDiagnostics(deps: DiagnosticsDeps) {
  return async function diagnostics(): Promise<string> {
    const { versions, settings } = deps;
    const { language, theme, portal, signedIn } = settings.get();
    const unknown = () => null;
    const [keeping, offline] = await Promise.all([deps.keeping().catch(unknown), deps.offline().catch(unknown)]);
    const updates = deps.updates();
    const facts: Record<string, string> = {
      iiPortal: versions.version,
      Electron: `${versions.electron}, Chromium ${process.versions['chrome'] ?? '?'}, Node ${process.versions.node}`,
      System: deps.system(),
      Time: deps.clock().toISOString(),
      Portal: portal ?? 'none',
      'Signed in': signedIn ? 'yes' : 'no',
      Keychain: keeping?.keychain ?? 'unknown',
      Disk: keeping ? (keeping.disk ?? 'good') : 'unknown',
      Offline: offline
        ? `${offline.status}, ${offline.done} of ${offline.total}, ${megabytes(offline.bytes)} MB`
        : 'unknown',
      Updates: updates.state === 'ready' ? `ready, ${updates.version}` : updates.state,
      Settings: `${language}, ${theme}${settings.wasDamaged ? ', were damaged' : ''}`,
    };
    const width = Math.max(...Object.keys(facts).map((name) => name.length));
    const lines = Object.entries(facts).map(([name, fact]) => `${name.padEnd(width)}  ${fact}`);
    return [...lines, '', ...(await deps.tail(lastLines)), ''].join('\n');
  };
}

export type Diagnostics = ReturnType<typeof createDiagnostics>;

const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);
