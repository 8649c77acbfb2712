import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Where an entry is in the keyring: to be read at once, in one that is locked, or nowhere although the keyring is open.
 * `unknown`: the keyring did not say.
 */
export type Place = 'open' | 'locked' | 'missing' | 'unknown';

/** Asks the keyring and never the person: whatever else a Linux keyring is asked opens its dialog for the password. */
export type FindSilently = (service: string, name: string) => Promise<Place>;

const program = '/usr/bin/dbus-send';
const patienceMs = 5000;
const run = promisify(execFile);

const ask = async (...message: string[]): Promise<string> => {
  const args = ['--session', '--print-reply=literal', `--reply-timeout=${patienceMs}`];
  const { stdout } = await run(program, [...args, '--dest=org.freedesktop.secrets', ...message], {
    timeout: 2 * patienceMs,
  });
  return stdout;
};

const whereverIs = (service: string, name: string) =>
  ask(
    '/org/freedesktop/secrets',
    'org.freedesktop.Secret.Service.SearchItems',
    `dict:string:string:service,${service},account,${name}`,
  );

const isDefaultLocked = () =>
  ask(
    '/org/freedesktop/secrets/aliases/default',
    'org.freedesktop.DBus.Properties.Get',
    'string:org.freedesktop.Secret.Collection',
    'string:Locked',
  );

/**
 * By the desktop's own program for messages, from its usual place alone: where it is not, nothing is known, and the
 * person is asked later rather than sooner. keytar has no such question.
 */
export const findInSecretService: FindSilently = async (service, name) => {
  try {
    // Two lists of paths: what is open and what is locked.
    const [, open = '', locked = ''] = (await whereverIs(service, name)).split(/array\s*\[/);
    if (open.includes('/')) return 'open';
    if (locked.includes('/')) return 'locked';
    // A locked keyring of KDE shows nothing of what it has.
    return /boolean true/.test(await isDefaultLocked()) ? 'locked' : 'missing';
  } catch {
    return 'unknown';
  }
};
