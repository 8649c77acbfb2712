import { readLogo, type ReadLogo } from './read-logo.ts';

/** Runs in a worker thread: a picture of four million pixels takes half a second, for which nobody else should wait. */
export default function work(bytes: Uint8Array): ReadLogo | undefined {
  return readLogo(Buffer.from(bytes));
}
