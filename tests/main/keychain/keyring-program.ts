import keytar from 'keytar';
import { createKeytarStore } from '../../../src-main/keychain/keytar-store.ts';
import { createLogger } from '../../../src-main/log.ts';

/** Run inside a session of its own by keyring.test.ts: does what its arguments say and prints what came of it. */
const store = createKeytarStore({
  load: () => Promise.resolve(keytar),
  platform: process.platform,
  log: createLogger(
    () => undefined,
    () => new Date(),
  ),
  patienceMs: 10_000,
});

const results: unknown[] = [];
for (const step of process.argv.slice(2)) {
  const [action, name = '', value = ''] = step.split(':');
  if (action === 'set') results.push(await store.set(name, value));
  else if (action === 'get') results.push(await store.get(name));
  else if (action === 'delete') results.push(await store.delete(name));
  else results.push(await store.state());
}
process.stdout.write(`\n${JSON.stringify(results)}\n`);
