import { createHmac } from 'node:crypto';
import { constants, setPriority } from 'node:os';
import bcrypt from 'bcryptjs';

// Linux knows the priority of a single thread: where processors are short, the event loop goes before the hashing.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

/**
 * bcrypt reads 72 bytes and stops at a NUL, so it is given a digest of the password, which has neither problem. The
 * label keeps digests that leaked elsewhere from being tried here as passwords.
 */
const digest = (password: string): string =>
  createHmac('sha256', 'iiPortal account password').update(password.normalize('NFC')).digest('base64');

export type PasswordTask =
  | { readonly kind: 'hash'; readonly password: string; readonly cost: number }
  | { readonly kind: 'verify'; readonly password: string; readonly hash: string };

/** Runs in a worker thread: bcrypt takes a quarter of a second, for which the event loop must not stand still. */
export default function work(task: PasswordTask): Promise<string | boolean> {
  return task.kind === 'hash'
    ? bcrypt.hash(digest(task.password), task.cost)
    : bcrypt.compare(digest(task.password), task.hash);
}
