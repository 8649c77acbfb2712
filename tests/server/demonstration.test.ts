import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getPortal } from '../../contract/portal.ts';
import { createRegistration } from '../../contract/registrations.ts';
import { createSession } from '../../contract/session.ts';
import { demonstrationPeople } from '../../server/sample/demonstration-data.ts';
import {
  createDemonstration,
  isCreated,
  isInUse,
  issueForRegistration,
  type DemonstrationPasswords,
} from '../../server/sample/demonstration.ts';
import { createManager } from '../helpers/factories.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

const passwords: DemonstrationPasswords = Object.fromEntries(
  demonstrationPeople.map(({ email }, index) => [email, `Geslo-${index}-demo`]),
);

describe('the demonstration', () => {
  let server: TestServer;

  const count = async (table: string): Promise<number> => {
    const [row]: { count: number }[] = await server.db(table).count('* as count');
    return row?.count ?? 0;
  };
  const signIn = (email: string) =>
    server.api(createSession, { body: { email, password: passwords[email] ?? '' } }).then(({ body }) => body.session);

  beforeAll(async () => {
    server = await startTestServer();
    expect(await isCreated(server.services, passwords)).toBe(false);
    await createDemonstration(server.services, passwords);
  });
  afterAll(() => server.close());

  it('has two managers, three buildings, sixty payers and twelve published months', async () => {
    expect(await isCreated(server.services, passwords)).toBe(true);
    expect(await count('managers')).toBe(2);
    expect(await count('buildings')).toBe(3);
    expect(await count('payers')).toBe(60);
    expect(await count('slips')).toBe(60 * 12);
    expect(await server.db('billing_runs').distinct('period').where({ state: 'published' })).toHaveLength(12);
    expect(await server.db('billing_runs').whereNot({ state: 'published' })).toEqual([]);
  });

  it('shows all that slips can say: funds, what is still owed, notes, a second payment order', async () => {
    expect(await count('run_funds')).toBe(3 * 12);
    expect(await count('slip_open_items')).toBeGreaterThan(20);
    expect(await count('payment_orders')).toBe(2 * 60 * 12);
    expect(await server.db('slips').distinct('note').whereNotNull('note')).not.toEqual([]);
    expect(await server.db('managers').whereNull('slip_note')).toEqual([]);
  });

  it('has neighbours who registered over the year and open their slips, and none who could sign in', async () => {
    const linked = (await server.db('payer_accounts').pluck('linked_at')) as string[];
    expect(new Set(linked.map((at) => at.slice(0, 7))).size).toBeGreaterThan(6);
    expect(linked.length).toBeLessThan(60);
    expect(await server.db('slips').whereNotNull('first_opened_at')).not.toEqual([]);
    const neighbours = server.db('accounts').whereNotIn('email', Object.keys(passwords));
    expect(await neighbours.distinct('password_hash').pluck('password_hash')).toEqual(['']);
  });

  it('is finished, not doubled, when it is made again', async () => {
    const accounts = await count('accounts');
    const openings = await server.db('run_openings').orderBy(['run_id', 'day']);
    await createDemonstration(server.services, passwords);
    expect(await count('slips')).toBe(60 * 12);
    expect(await count('accounts')).toBe(accounts);
    expect(await server.db('run_openings').orderBy(['run_id', 'day'])).toEqual(openings);
  });

  it('has staff, and a resident with premises at both managers, who can sign in', async () => {
    const admin = await signIn('admin@vzorec.example');
    expect(admin.roles.map(({ role }) => role)).toEqual(['admin']);
    const clerk = await signIn('referent@vzorec.example');
    expect(clerk.roles.map(({ role }) => role)).toEqual(['clerk']);
    const resident = await signIn('stanovalec@vzorec.example');
    expect(resident.payers.map(({ managerName }) => managerName).sort()).toEqual([
      'Skrbnik Primer d. o. o.',
      'Upravljanje Vzorec d. o. o.',
    ]);
    expect(
      resident.payers.some(({ name }) => name === `${resident.account.lastName} ${resident.account.firstName}`),
    ).toBe(true);
  });

  it('gives a payer code and a slip password to register with, another one after that', async () => {
    const first = await issueForRegistration(server.services);
    const { body: portal } = await server.api(getPortal);
    expect(portal.manager?.name).toBe(first?.manager);
    const person = { firstName: 'Ana', lastName: 'Novak', email: 'ana.novak@posta.example', password: 'Dolgo-Geslo-1' };
    const secret = { payerCode: first?.payerCode ?? '', slipPassword: first?.slipPassword ?? '' };
    const managerId = portal.manager?.id ?? '';
    const answer = await server.api(createRegistration, { body: { managerId, ...secret, ...person, language: 'sl' } });
    expect(answer.status).toBe(201);
    expect((await issueForRegistration(server.services))?.payerCode).not.toBe(first?.payerCode);
  });

  it('keeps away from a database that is in use', async () => {
    expect(await isInUse(server.services)).toBe(false);
    await createManager(server.db);
    expect(await isInUse(server.services)).toBe(true);
  });
});
