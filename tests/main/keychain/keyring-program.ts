import { createInterface } from 'node:readline';
import keytar from 'keytar';
import { createKeytarStore } from '../../../src-main/keychain/keytar-store.ts';
import { findInSecretService } from '../../../src-main/keychain/secret-service.ts';
import { createLogger } from '../../../src-main/log.ts';

/** A program of a session of its own, for keyring.test.ts: does what each line says and prints what came of it. */
const store = createKeytarStore({
  load: () => Promise.resolve(keytar),
  platform: process.platform,
  findSilently: findInSecretService,
  log: createLogger(
    () => undefined,
    () => new Date(),
  ),
  patienceMs: 30_000,
});

function act(action: string, name: string, value: string): Promise<unknown> {
  if (action === 'set') return store.set(name, value);
  if (action === 'get') return store.get(name);
  if (action === 'delete') return store.delete(name);
  if (action === 'isOpen') return store.isOpen(name);
  return store.state();
}

for await (const line of createInterface({ input: process.stdin })) {
  const [action = '', name = '', value = ''] = line.split(':');
  process.stdout.write(`${JSON.stringify(await act(action, name, value))}\n`);
}
