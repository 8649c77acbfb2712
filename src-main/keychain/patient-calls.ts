import type { Logger } from '../log.ts';
import type { Unreadable } from './secret-store.ts';

export interface PatientCallsDeps<Library> {
  readonly load: () => Promise<Library>;
  /** A person may have to type the keyring's password; the window must not wait for ever. */
  readonly patienceMs: number;
  readonly stateFrom: (error: unknown) => Unreadable;
  readonly log: Logger;
}

/** Calls of the keychain's library: what fails, and what takes too long, becomes a state. */
export type PatientCall<Library> = <T>(
  action: string,
  use: (library: Library) => Promise<T>,
) => Promise<T | { readonly failed: Unreadable }>;

export function createPatientCalls<Library>(deps: PatientCallsDeps<Library>): PatientCall<Library> {
  /** Calls that the system has not answered in time: it may be asking the person, and must not ask twice. */
  let overdue = 0;

  async function answered<T>(call: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        overdue += 1;
        const settle = () => void (overdue -= 1);
        call.then(settle, settle);
        reject(new Error('the keychain timed out'));
      }, deps.patienceMs);
    });
    return await Promise.race([call, late]).finally(() => clearTimeout(timer));
  }

  return async (action, use) => {
    try {
      if (overdue > 0) throw new Error('the keychain timed out before');
      return await answered(use(await deps.load()));
    } catch (error) {
      const failed = deps.stateFrom(error);
      deps.log.warn('keychain_failed', { action, state: failed, error });
      return { failed };
    }
  };
}
