import type { ChildProcess } from 'node:child_process';

/** A TCP port of the loopback address that nobody listens on at this moment. */
export function freePort(): Promise<number>;

/** Asks a child to end and waits for it; ends it by force when it does not within the given time. */
export function stopChild(child: ChildProcess, options?: { readonly patience?: number }): Promise<void>;
