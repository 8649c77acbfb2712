import type { Keytar } from '../../src-main/keychain/keytar-store.ts';

/** keytar with its failures at hand: what the systems' keychains were seen to do. */
export class FakeKeytar implements Keytar {
  readonly entries = new Map<string, string>();
  /** Everything that was asked, in order: `get NAME`. */
  readonly calls: string[] = [];
  /** Thrown by every call while set. */
  failure: string | null = null;
  /** A locked Linux keyring: items cannot be found, and no new ones made. */
  isLockedLikeLinux = false;
  /** Runs before a call's work: to look at the state of the world at that moment. */
  onCall: (call: string) => void | Promise<void> = () => undefined;

  async getPassword(_service: string, name: string): Promise<string | null> {
    await this.#begin(`get ${name}`);
    return this.isLockedLikeLinux ? null : (this.entries.get(name) ?? null);
  }

  async setPassword(_service: string, name: string, value: string): Promise<void> {
    await this.#begin(`set ${name}`);
    if (this.isLockedLikeLinux) throw new Error('Cannot create an item in a locked collection');
    this.entries.set(name, value);
  }

  async deletePassword(_service: string, name: string): Promise<boolean> {
    await this.#begin(`delete ${name}`);
    return !this.isLockedLikeLinux && this.entries.delete(name);
  }

  async #begin(call: string): Promise<void> {
    this.calls.push(call);
    await this.onCall(call);
    if (this.failure) throw new Error(this.failure);
  }
}
