import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { portalChain } from '../../server/audit/audit.ts';
import { entryHash, sealOf } from '../../server/audit/seals.ts';
import type { Fault } from '../../server/audit/verify-chain.ts';
import { newId } from '../../server/db/id.ts';
import { deriveKeys } from '../../server/keys.ts';
import { AuditEntry } from '../../server/models/audit-entry.ts';
import { AuditHead } from '../../server/models/audit-head.ts';
import type { Services } from '../../server/services.ts';
import { createChain, record, trailOf, verify } from '../helpers/audit.ts';
import { iiportal } from '../helpers/command-line.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

let server: TestServer;
let services: Services;
/** A manager with five entries. */
let chain: string;

const strangersKey = deriveKeys(Buffer.alloc(32, 7)).audit;

const entry = (seq: number, of = chain) => services.db('audit_entries').where({ chain: of, seq });
const head = (of = chain) => services.db('audit_heads').where({ chain: of });
const goOn = (of = chain) => record(services, { action: 'import.started', managerId: of });
const found = async () => (await verify(services, chain))[chain];
const broken = (entries: number, kind: Fault, seq: number) => ({ entries, fault: { kind, seq } });

beforeAll(async () => {
  server = await startTestServer();
  ({ services } = server);
});

afterAll(() => server.close());

beforeEach(async () => {
  chain = await createChain(services, 5);
});

describe('audit verify', () => {
  it('finds a trail whole that nobody touched, chain by chain', async () => {
    const other = await createChain(services, 2);
    await record(services, { action: 'session.started' });
    const reports = await verify(services);
    expect(reports).toMatchObject({ [chain]: { entries: 5 }, [other]: { entries: 2 } });
    expect(Object.values(reports).filter(({ fault }) => fault)).toEqual([]);
    expect(reports[portalChain]!.entries).toBe((await trailOf(services, portalChain)).length);
    expect(Object.keys(await verify(services, chain))).toEqual([chain, portalChain]);
  });

  it.each([
    ['at', '2020-01-01 00:00:00.000'],
    ['action', 'import.started'],
    ['actor_id', newId()],
    ['actor_id', null],
    ['address', '192.0.2.8'],
    ['address', null],
    ['subject_kind', 'payer'],
    ['subject_id', newId()],
    ['details', '{"count":4}'],
    ['details', '{"count": 3}'],
    ['hash', 'f'.repeat(64)],
  ])('finds a changed %s (%s)', async (column, value) => {
    await entry(3).update({ [column]: value });
    expect(await found()).toEqual(broken(2, 'changed', 3));
  });

  it.each([1, 2, 4])('finds that entry %i was taken out', async (seq) => {
    await entry(seq).delete();
    expect(await found()).toEqual(broken(seq - 1, 'missing', seq));
  });

  it('finds that an entry was taken out and the gap closed', async () => {
    await entry(3).delete();
    await entry(4).update({ seq: 3 });
    await entry(5).update({ seq: 4 });
    await head().update({ seq: 4 });
    expect(await found()).toEqual(broken(2, 'changed', 3));
  });

  it('finds two entries that changed places', async () => {
    await entry(2).update({ seq: 99 });
    await entry(4).update({ seq: 2 });
    await entry(99).update({ seq: 4 });
    expect(await found()).toEqual(broken(1, 'changed', 2));
  });

  it('finds an entry that was copied in from another chain', async () => {
    const other = await createChain(services, 6);
    await entry(6, other).update({ chain });
    expect(await found()).toEqual(broken(5, 'changed', 6));
    const { seq, seal } = await AuditHead.query(services.db).findById(other).throwIfNotFound();
    await head().update({ seq, seal });
    expect(await found()).toEqual(broken(5, 'changed', 6));
  });

  it('finds that two managers were given the trail of each other', async () => {
    const other = await createChain(services, 5);
    for (const table of ['audit_entries', 'audit_heads']) {
      await services.db(table).where({ chain }).update({ chain: 'x' });
      await services.db(table).where({ chain: other }).update({ chain });
      await services.db(table).where({ chain: 'x' }).update({ chain: other });
    }
    expect(await found()).toEqual(broken(0, 'changed', 1));
  });

  it('finds an entry in front of the first', async () => {
    const [first] = await trailOf(services, chain);
    await AuditEntry.query(services.db).insert({ ...first!, seq: 0 });
    expect(await found()).toEqual(broken(0, 'changed', 0));
  });

  it('finds that the end was cut off', async () => {
    await entry(4).delete();
    await entry(5).delete();
    expect(await found()).toEqual(broken(3, 'tail_cut', 4));
  });

  it.each<[string, () => Promise<object>]>([
    ['its number alone', () => Promise.resolve({ seq: 3 })],
    ['the hash of that entry', async () => ({ seq: 3, seal: (await trailOf(services, chain))[2]!.hash })],
    ['a seal made without the key', async () => ({ seq: 3, seal: sealOf(strangersKey, (await trailOf(services, chain))[2]!.hash) })], // prettier-ignore
    ['an empty seal', () => Promise.resolve({ seq: 3, seal: '' })],
  ])('finds that the end was cut off and the head set back, with %s, and does so for ever', async (_, forged) => {
    const values = await forged();
    await entry(4).delete();
    await entry(5).delete();
    await head().update(values);
    expect(await found()).toEqual(broken(3, 'head_changed', 3));
    await goOn();
    await goOn();
    expect(await found()).toEqual(broken(3, 'changed', 4));
  });

  it('finds that the head was taken away; deeds go on, and the break stays visible', async () => {
    await head().delete();
    expect(await found()).toEqual(broken(5, 'head_changed', 5));
    await goOn();
    await goOn();
    expect((await trailOf(services, chain)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(await found()).toEqual(broken(5, 'changed', 6));
  });

  it('finds a chain that was hashed anew without the key, head and all', async () => {
    const entries = await trailOf(services, chain);
    let seal = sealOf(strangersKey, entries[1]!.hash);
    for (const each of entries.slice(2)) {
      const forged = { ...each, details: '{"count":0}' };
      const hash = entryHash(strangersKey, seal, forged);
      await entry(each.seq).update({ details: forged.details, hash });
      seal = sealOf(strangersKey, hash);
    }
    await head().update({ seal });
    expect(await found()).toEqual(broken(2, 'changed', 3));
  });

  it('finds an entry that was added at the end without the key, with or without a head', async () => {
    const last = (await trailOf(services, chain)).at(-1)!;
    const forged = { ...last, seq: 6, details: '{"count":0}' };
    const hash = entryHash(strangersKey, last.hash, forged);
    await AuditEntry.query(services.db).insert({ ...forged, hash });
    expect(await found()).toEqual(broken(5, 'changed', 6));
    await AuditHead.query(services.db)
      .findById(chain)
      .patch({ seq: 6, seal: sealOf(strangersKey, hash) });
    expect(await found()).toEqual(broken(5, 'changed', 6));
  });

  it('finds nothing whole with another key', async () => {
    expect(await verify(services, chain, strangersKey)).toEqual({
      [portalChain]: broken(0, 'changed', 1),
      [chain]: broken(0, 'changed', 1),
    });
  });

  it('reads long chains part by part', async () => {
    const long = await createChain(services, 2_001);
    expect((await verify(services, long))[long]).toEqual({ entries: 2_001 });
    await entry(2_001, long).update({ address: null });
    expect((await verify(services, long))[long]).toEqual(broken(2_000, 'changed', 2_001));
  });

  it('goes on while the server writes', async () => {
    let isDone = false;
    const writing = (async () => {
      for (let count = 0; count < 40; count++) {
        await goOn();
        await createChain(services, 1);
      }
      isDone = true;
    })();
    let rounds = 0;
    while (!isDone) {
      const reports = await verify(services, chain);
      expect(Object.values(reports).filter(({ fault }) => fault)).toEqual([]);
      rounds += 1;
    }
    await writing;
    expect(rounds).toBeGreaterThan(1);
    expect(await found()).toEqual({ entries: 45 });
  });
});

describe('audit verify of whole chains', () => {
  // The trail begins anew for each of them: what is done to the portal's chain is seen by all.
  beforeEach(async () => {
    await services.db('audit_entries').delete();
    await services.db('audit_heads').delete();
    chain = await createChain(services, 5);
    await record(services, { action: 'session.started' });
  });

  const remove = async (of: string) => {
    await services.db('audit_entries').where({ chain: of }).delete();
    await head(of).delete();
  };

  it('finds that one is gone', async () => {
    await remove(chain);
    expect(await verify(services)).toEqual({ [portalChain]: { entries: 2 }, [chain]: broken(0, 'missing', 1) });
  });

  it('finds that one was emptied', async () => {
    await services.db('audit_entries').where({ chain }).delete();
    await head().update({ seq: 0, seal: '' });
    expect(await found()).toEqual(broken(0, 'missing', 1));
  });

  it('finds that one was begun anew', async () => {
    await remove(chain);
    await goOn();
    expect(await verify(services)).toEqual({ [portalChain]: { entries: 3 }, [chain]: broken(1, 'restarted', 1) });
  });

  it("finds that the portal's is gone, or was begun anew", async () => {
    await remove(portalChain);
    expect(await verify(services)).toEqual({ [portalChain]: broken(0, 'missing', 1), [chain]: { entries: 5 } });
    await record(services, { action: 'session.started' });
    expect(await verify(services)).toEqual({ [portalChain]: broken(1, 'restarted', 1), [chain]: { entries: 5 } });
  });

  describe('as a command', () => {
    const run = (...args: string[]) => {
      const { databaseUrl, dataDir } = services.config;
      return iiportal({ url: databaseUrl, folder: dataDir }, ['audit', 'verify', ...args]);
    };

    it('says how many entries it checked and ends with 0', async () => {
      const out = `${chain}: 5 entries checked, whole\n${portalChain}: 2 entries checked, whole`;
      expect(await run()).toEqual({ code: 0, err: '', out });
    });

    it('says where each chain is broken and ends with 1', async () => {
      const other = await createChain(services, 2);
      const wrong = [await createChain(services, 2), await createChain(services, 2), await createChain(services, 2)];
      await entry(2, wrong[0]).update({ address: null });
      await entry(1, wrong[1]).delete();
      await entry(2, wrong[2]).delete();
      await head().delete();
      const { code, out, err } = await run();
      expect({ code, err }).toEqual({ code: 1, err: 'The audit trail is broken in 4 of 6 chains.' });
      expect(out.split('\n')).toEqual(
        expect.arrayContaining([
          `${portalChain}: 6 entries checked, whole`,
          `${other}: 2 entries checked, whole`,
          `${wrong[0]}: 1 entries checked, broken: entry 2 is not what was written`,
          `${wrong[1]}: 0 entries checked, broken: entry 1 is missing`,
          `${wrong[2]}: 1 entries checked, broken: the end is cut off: entry 2 is missing`,
          `${chain}: 5 entries checked, broken: the head is not the one that was written with entry 5`,
        ]),
      );
    });

    it('checks one manager, and says when the trail has none with this id', async () => {
      const other = await createChain(services, 2);
      await entry(2, other).update({ address: null });
      const one = await run('--manager', chain);
      expect(one).toMatchObject({ code: 0, out: expect.stringContaining(`${chain}: 5`) as string });
      expect(one.out).not.toContain(other);
      expect(await run('--manager', newId())).toMatchObject({ code: 2, err: '--manager: the trail has nothing of it' });
    });

    it('asks for the right key where nothing is whole', async () => {
      const { databaseUrl, dataDir } = services.config;
      const { code, err } = await iiportal({ url: databaseUrl, folder: `${dataDir}/other` }, ['audit', 'verify']);
      expect(code).toBe(1);
      expect(err).toContain('in 2 of 2 chains. Are SECRET_KEY and DATA_DIR those of the server?');
    });
  });
});
