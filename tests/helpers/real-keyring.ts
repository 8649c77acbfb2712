import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temp-folder.ts';

const run = promisify(execFile);
export const keyringPassword = 'test';

export interface RealKeyring {
  /** For programs of its session. */
  readonly env: Record<string, string>;
  /** As the system does when the person unlocks the screen: the daemon is told the password. */
  unlock(): Promise<void>;
  lock(): Promise<void>;
}

export interface RealKeyringOptions {
  /** Where the keyring lies; without one it is new. */
  readonly folder?: string;
  readonly isLocked?: boolean;
  /** The bus lets nobody talk to the keyring, as the confinement of Snap does. */
  readonly isForbidden?: boolean;
  /** For a person to be asked on; without one a locked keyring asks nobody and stays locked. */
  readonly display?: Readonly<Record<string, string>>;
}

const forbidding = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
    <deny send_destination="org.freedesktop.secrets"/>
  </policy>
</busconfig>
`;

/** A bus of its own with a real gnome-keyring on it. Setup installs both on every Linux. */
export async function startRealKeyring(options: RealKeyringOptions = {}): Promise<RealKeyring> {
  const folder = options.folder ?? (await temporaryFolder());
  // Sockets have paths of 107 characters at most.
  const runtime = await temporaryFolder();
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, XDG_DATA_HOME: folder, XDG_RUNTIME_DIR: runtime };
  const address = await startBus({ ...env, ...options.display }, runtime, options.isForbidden ?? false);
  const session = { ...env, DBUS_SESSION_BUS_ADDRESS: address };
  await startDaemon({ ...session, ...options.display }, runtime, options.isLocked ?? false);
  return {
    env: { ...session, ...options.display },
    unlock: () => tellPassword(join(runtime, 'control')),
    lock: async () => {
      const message = ['/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.Lock'];
      const all = 'array:objpath:/org/freedesktop/secrets/collection/login';
      const args = ['--session', '--print-reply', '--dest=org.freedesktop.secrets', ...message, all];
      await run('dbus-send', args, { env: session });
    },
  };
}

async function startBus(env: Record<string, string>, runtime: string, isForbidden: boolean): Promise<string> {
  const config = join(runtime, 'bus.conf');
  if (isForbidden) await writeFile(config, forbidding);
  const kind = isForbidden ? `--config-file=${config}` : '--session';
  const bus = spawn('dbus-daemon', [kind, '--nofork', '--nopidfile', '--nosyslog', '--print-address=1'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  endWithTest(bus);
  const [line] = (await once(bus.stdout, 'data')) as [Buffer];
  return String(line).split('\n')[0]!.trim();
}

async function startDaemon(env: Record<string, string>, runtime: string, isLocked: boolean): Promise<void> {
  const args = ['--foreground', '--components=secrets', `--control-directory=${runtime}`];
  const daemon = spawn('gnome-keyring-daemon', isLocked ? args : [...args, '--unlock'], {
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  endWithTest(daemon);
  daemon.stdin.end(keyringPassword);
  const owner = ['--dest=org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus.NameHasOwner'];
  const ask = ['--session', '--print-reply=literal', ...owner, 'string:org.freedesktop.secrets'];
  while (!(await run('dbus-send', ask, { env })).stdout.includes('true')) {
    if (daemon.exitCode !== null) throw new Error('the keyring did not start: is gnome-keyring installed?');
  }
}

function endWithTest(child: ReturnType<typeof spawn>): void {
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await once(child, 'exit');
  });
}

/** What pam_gnome_keyring sends: a byte for the credentials, the length, "unlock", the password. */
async function tellPassword(control: string): Promise<void> {
  const password = Buffer.from(keyringPassword);
  const message = Buffer.alloc(13);
  message.writeUInt32BE(12 + password.length, 1);
  message.writeUInt32BE(1, 5);
  message.writeUInt32BE(password.length, 9);
  const socket = connect(control);
  socket.write(Buffer.concat([message, password]));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  if (answer.readUInt32BE(4) !== 0) throw new Error('the keyring was not unlocked');
}
