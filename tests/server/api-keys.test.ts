import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey, listApiKeys, maxApiKeys, revokeApiKey } from '../../contract/api-keys.ts';
import { isBinary, programScopes, type Endpoint } from '../../contract/endpoint.ts';
import { createImport, discardImport, getImport, listImports } from '../../contract/imports.ts';
import { listMails } from '../../contract/mails.ts';
import { getSession } from '../../contract/session.ts';
import { toInstant } from '../../server/db/time.ts';
import { hashToken } from '../../server/http/authenticate.ts';
import { Account } from '../../server/models/account.ts';
import { ApiKey } from '../../server/models/api-key.ts';
import { AuditEntry } from '../../server/models/audit-entry.ts';
import { Mail } from '../../server/models/mail.ts';
import { StaffRole } from '../../server/models/staff-role.ts';
import { createLogger } from '../../server/logger.ts';
import { bodyFor } from '../helpers/acceptable.ts';
import { createApiKey as plantKey, createManager, createStaff, createStaffRole } from '../helpers/factories.ts';
import { allOperations, guarded, named, takesJson } from '../helpers/operations.ts';
import { createPerson, password, type Person } from '../helpers/planted.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

let server: TestServer;
let managerId: string;
let otherManagerId: string;
let admin: Person;
const lines: string[] = [];

beforeAll(async () => {
  server = await startTestServer({ services: { logger: createLogger('info', { write: (line) => lines.push(line) }) } });
  managerId = (await createManager(server.db)).id;
  otherManagerId = (await createManager(server.db)).id;
  admin = await createPerson(server, ({ id }) => createStaffRole(server.db, managerId, id, 'admin'));
});

afterAll(() => server.close());

const create = (token: string, given: object = {}) =>
  server.api(createApiKey, {
    token,
    body: { name: 'Saop', scopes: ['imports:write', 'imports:read'], days: 30, password, ...given },
  });

/** Ids that look right and belong to nobody, and bodies that would be taken. */
const callOf = (operation: Endpoint, token: string) => ({
  token,
  params: Object.fromEntries(Object.keys(operation.params.shape).map((name) => [name, 'ab'.repeat(16)])),
  ...(isBinary(operation.body) ? { bytes: 'x' } : {}),
  ...(takesJson(operation) ? { body: bodyFor(operation) as never } : {}),
});

describe('a key for other programs', () => {
  it('is shown once, and only its hash is kept', async () => {
    const { status, body } = await create(admin.token);
    expect(status).toBe(201);
    expect(body.key).toMatch(/^iip_[\w-]{43}$/);
    expect(body.apiKey).toMatchObject({ name: 'Saop', beginning: body.key.slice(0, 8), revokedAt: null });
    expect(body.apiKey.createdBy).toBe('Živa Čebašek');
    const row = await ApiKey.query(server.db).findOne({ id: body.apiKey.id }).throwIfNotFound();
    expect(row.keyHash).toBe(hashToken(body.key));
    const { body: list } = await server.api(listApiKeys, { token: admin.token });
    expect(list.items.map(({ id }) => id)).toContain(body.apiKey.id);
    expect(JSON.stringify([list, row])).not.toContain(body.key.slice(8));
  });

  it('is told of to every admin of the manager, and to the audit log', async () => {
    const second = await createStaff(server.db, managerId, 'admin');
    await createStaff(server.db, managerId, 'clerk');
    const { body } = await create(admin.token, { name: 'Vasco' });
    const mails = await Mail.query(server.db).where({ kind: 'api-key-created' }).where('subject', 'like', '%Vasco%');
    expect(mails.map(({ accountId }) => accountId).sort()).toEqual([admin.account.id, second.account.id].sort());
    expect(mails.map(({ text }) => text).join()).not.toContain(body.key);
    const [entry] = await AuditEntry.query(server.db).where({ chain: managerId, action: 'api_key.created' }).orderBy('seq', 'desc').limit(1); // prettier-ignore
    expect(entry).toMatchObject({ actorId: admin.account.id, subjectKind: 'api_key', subjectId: body.apiKey.id });
    expect(entry!.details).toContain('Vasco');
    expect(entry!.details).not.toContain(body.key.slice(4, 20));
  });

  it('needs the own password, a name, a scope and an end', async () => {
    expect((await create(admin.token, { password: 'Napacno-geslo-7' })).problem.code).toBe('wrong_password');
    for (const given of [{ name: ' ' }, { scopes: [] }, { scopes: ['all'] }, { days: 0 }, { days: 731 }]) {
      const { status, problem } = await create(admin.token, given);
      expect([status, problem.fields?.[0]?.path.split('.')[0]]).toEqual([400, Object.keys(given)[0]]);
    }
  });

  it('goes on when who made it leaves the office, and the list says so', async () => {
    const leaving = await createPerson(server, ({ id }) => createStaffRole(server.db, managerId, id, 'admin'));
    const { body } = await create(leaving.token, { name: 'Sirota' });
    const orphaned = async () => {
      const { body: list } = await server.api(listApiKeys, { token: admin.token });
      return list.items.filter(({ id }) => id === body.apiKey.id).map(({ isOrphaned }) => isOrphaned);
    };
    expect(await orphaned()).toEqual([false]);
    await StaffRole.query(server.db).where({ manager_id: managerId, account_id: leaving.account.id }).delete();
    await createStaffRole(server.db, otherManagerId, leaving.account.id, 'admin');
    expect(await orphaned()).toEqual([true]);
    await StaffRole.query(server.db).where({ account_id: leaving.account.id }).delete();
    await Account.query(server.db).deleteById(leaving.account.id);
    expect(await orphaned()).toEqual([true]);
    expect((await server.api(listImports, { token: body.key })).status).toBe(200);
    await server.api(revokeApiKey, { token: admin.token, params: { id: body.apiKey.id } });
  });

  it('is one of twenty at the most, also when two are made at once', async () => {
    const { id } = await createManager(server.db);
    const owner = await createPerson(server, (account) => createStaffRole(server.db, id, account.id, 'admin'));
    for (let made = 1; made < maxApiKeys; made += 1) await plantKey(server.db, id);
    await plantKey(server.db, id, { revokedAt: toInstant(new Date()) });
    await plantKey(server.db, id, { expiresAt: toInstant(new Date(Date.now() - 1000)) });
    const answers = await Promise.all([create(owner.token), create(owner.token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)!.problem.code).toBe('api_keys_full');
  });

  it('does as a clerk would at its own manager, and its name stands beside what it did', async () => {
    const { key } = await plantKey(server.db, managerId, { name: 'Saop pisarna' });
    const sent = await server.api(createImport, { token: key, bytes: 'a;b\n1;2\n', query: { fileName: 'saop.csv' } });
    expect(sent.status).toBe(202);
    await server.services.importJobs.ended(sent.body.id);
    expect(sent.body.createdBy).toBe('Saop pisarna');
    const { body } = await server.api(getImport, { token: key, params: { id: sent.body.id } });
    expect(body.fileName).toBe('saop.csv');
    const entry = await AuditEntry.query(server.db).findOne({ subject_id: sent.body.id }).throwIfNotFound();
    expect([entry.actorId, JSON.parse(entry.details)]).toMatchObject([null, { apiKey: 'Saop pisarna' }]);
    const discarded = await server.api(discardImport, { token: key, params: { id: sent.body.id } });
    expect(discarded.problem.code).toBe('forbidden');
  });

  it('sees nothing of another manager', async () => {
    const { key } = await plantKey(server.db, managerId);
    const stranger = await plantKey(server.db, otherManagerId);
    const { body } = await server.api(createImport, { token: key, bytes: 'a;b\n3;4\n' });
    const read = await server.api(getImport, { token: stranger.key, params: { id: body.id } });
    expect(read.problem.code).toBe('not_found');
    const asked = await server.api(listImports, { token: stranger.key, query: { managerId } });
    expect(asked.problem.code).toBe('forbidden');
    expect((await server.api(listImports, { token: stranger.key })).body.items).toEqual([]);
  });

  it('notes when it was used, once a minute at the most', async () => {
    const { id, key } = await plantKey(server.db, managerId);
    const used = async () => (await ApiKey.query(server.db).findOne({ id }).throwIfNotFound()).lastUsedAt;
    expect(await used()).toBeNull();
    await server.api(listImports, { token: key });
    const first = await used();
    expect(first).not.toBeNull();
    await server.api(listImports, { token: key });
    expect(await used()).toBe(first);
  });

  it('opens nothing once it was revoked, and stays revoked as it was', async () => {
    const { id, key } = await plantKey(server.db, managerId);
    expect((await server.api(listImports, { token: key })).status).toBe(200);
    const { body } = await server.api(revokeApiKey, { token: admin.token, params: { id } });
    expect(body.revokedAt).not.toBeNull();
    expect((await server.api(listImports, { token: key })).problem.code).toBe('not_signed_in');
    const again = await server.api(revokeApiKey, { token: admin.token, params: { id } });
    expect(again.body.revokedAt).toBe(body.revokedAt);
    const entries = AuditEntry.query(server.db).where({ action: 'api_key.revoked', subject_id: id });
    expect(await entries.resultSize()).toBe(1);
  });

  it('is nothing when it has run out, is misspelt, or is sent otherwise than in the header', async () => {
    const expired = await plantKey(server.db, managerId, { expiresAt: toInstant(new Date(Date.now() - 1)) });
    const { key } = await plantKey(server.db, managerId);
    const swapped = key.slice(0, 4) + key.slice(4).replace(/[a-z]/gi, (letter) => letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()); // prettier-ignore
    for (const token of [expired.key, swapped, `${key}x`, key.slice(0, -1), key.slice(4), `IIP_${key.slice(4)}`]) {
      expect((await server.api(listImports, { token })).problem.code).toBe('not_signed_in');
    }
    const inUrl = await fetch(`${server.url}/api/v1/office/imports?token=${key}&access_token=${key}`);
    expect(inUrl.status).toBe(401);
  });

  it('is slowed down by itself, and nobody else with it', async () => {
    const busy = await plantKey(server.db, managerId);
    const idle = await plantKey(server.db, managerId);
    const { program } = server.services.limits;
    await Promise.all(Array.from({ length: 600 }, () => program.consume(busy.id)));
    expect((await server.api(listImports, { token: busy.key })).problem.code).toBe('rate_limited');
    expect((await server.api(listImports, { token: idle.key })).status).toBe(200);
  });

  it('never gets into the log', async () => {
    const { key } = await plantKey(server.db, managerId);
    await server.api(listImports, { token: key });
    await server.api(listMails, { token: key });
    await server.api(listImports, { token: `${key}x` });
    expect(lines.join('')).toContain('/api/v1/office/imports');
    expect(lines.join('')).not.toContain(key.slice(4));
  });
});

describe('what a key may do', () => {
  const reads = (operation: Endpoint): boolean => operation.method === 'GET';

  it('is said by the contract: reading, and sending billing files', () => {
    const open = allOperations.filter(({ program }) => program !== undefined);
    expect(new Set(open.map(({ program }) => program))).toEqual(new Set(programScopes));
    for (const operation of open) {
      expect(operation.caller).toBe('clerk');
      expect(reads(operation) || operation.id === 'imports.create').toBe(true);
      expect(operation.program!.endsWith(':read')).toBe(reads(operation));
    }
  });

  it.each(named(guarded))('%s: with its scope, and with no other', async (_, operation) => {
    for (const scope of programScopes) {
      const { key } = await plantKey(server.db, managerId, { scopes: scope });
      const { problem } = await server.api(operation, callOf(operation, key));
      if (operation.program === scope) expect(['forbidden', 'not_signed_in']).not.toContain(problem?.code);
      else expect(problem.code).toBe('forbidden');
    }
  });

  it('is not asking who it is: it is nobody', async () => {
    const { key } = await plantKey(server.db, managerId);
    expect((await server.api(getSession, { token: key })).problem.code).toBe('forbidden');
  });
});
