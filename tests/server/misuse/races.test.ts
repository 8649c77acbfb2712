import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addPayer, removePayer } from '../../../contract/account-payers.ts';
import { changePassword, confirmEmail, deleteAccount } from '../../../contract/account.ts';
import { releasePayer } from '../../../contract/payers.ts';
import { createRegistration } from '../../../contract/registrations.ts';
import { createSession, deleteSession, getSession } from '../../../contract/session.ts';
import { acceptInvitation, inviteStaff, removeStaff } from '../../../contract/staff.ts';
import { createLogger } from '../../../server/logger.ts';
import { Account } from '../../../server/models/account.ts';
import type { Payer } from '../../../server/models/payer.ts';
import { PayerAccount } from '../../../server/models/payer-account.ts';
import { Session } from '../../../server/models/session.ts';
import { StaffRole } from '../../../server/models/staff-role.ts';
import { disableAccount } from '../../../server/modules/account/operator.service.ts';
import { createManager, createPayer, createSlipPassword, createStaff, linkPayer } from '../../helpers/factories.ts';
import { codeIn, lastMail } from '../../helpers/mails.ts';
import { createPerson, password, type Person } from '../../helpers/planted.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';

/** Two deeds at the same moment: whichever comes first, both are answered in a declared way, and the end makes sense. */
let server: TestServer;
let managerId: string;
let clerk: Person;
let admin: Person;
const failures: string[] = [];

beforeAll(async () => {
  server = await startTestServer({ logger: createLogger('error', { write: (line) => void failures.push(line) }) });
  managerId = (await createManager(server.db)).id;
  clerk = await createStaff(server.db, managerId, 'clerk');
  admin = await createStaff(server.db, managerId, 'admin');
});

beforeEach(() => server.db('rate_limits').del());
afterEach(() => expect(failures.splice(0)).toEqual([]));
afterAll(() => server.close());

const rounds = 6;
const times = <T>(count: number, make: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => make(n)));

/** Starts them at once, in either order, a little apart. */
async function race<T>(round: number, ...deeds: (() => Promise<T>)[]): Promise<T[]> {
  const results = deeds.map(async (deed, place) => {
    const wait = (round % 2 === 0 ? place : deeds.length - place) * (round >> 1);
    await new Promise((resolve) => setTimeout(resolve, wait));
    return deed();
  });
  return Promise.all(results);
}

interface Answer {
  readonly status: number;
  readonly problem?: { readonly code: string };
}

const codeOf = ({ status, problem }: Answer): string | number => problem?.code ?? status;

const somebody = (...payers: Payer[]) =>
  createPerson(server, async ({ id }) => {
    for (const payer of payers) await linkPayer(server.db, payer, id);
  });

const signIn = (email: string, given: { password?: string; takeOver?: boolean } = {}) =>
  server.api(createSession, { body: { email, password, takeOver: true, ...given } });

const isIn = async (token: string) => (await server.api(getSession, { token })).status === 200;
const sessionsOf = async ({ account }: Person) => Session.query(server.db).where('account_id', account.id);
const holderOf = async ({ id }: Payer) => (await PayerAccount.query(server.db).findOne({ payer_id: id }))?.accountId;

describe('of one account', () => {
  it('signing out and taking over leave the session of who took over, or none of either', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const person = await somebody();
      const { email } = person.account;
      const [out, ...ins] = await race<Answer & { body?: unknown }>(
        round,
        () => server.api(deleteSession, { token: person.token }),
        ...Array.from({ length: 3 }, () => () => signIn(email)),
      );
      expect(['not_signed_in', 'session_displaced', 204]).toContain(codeOf(out!));
      expect(ins.map(codeOf)).toEqual([201, 201, 201]);
      const tokens = ins.map(({ body }) => (body as { token: string }).token);
      const alive = await Promise.all([person.token, ...tokens].map(isIn));
      expect(alive.filter(Boolean)).toHaveLength(1);
      expect(alive[0]).toBe(false);
      expect(await sessionsOf(person)).toHaveLength(1);
    }
  });

  it('a changed password leaves nobody in who signed in with the old one', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const person = await somebody();
      const { email } = person.account;
      const body = { currentPassword: password, password: 'Modra-streha-8' };
      const [changed, ...ins] = await race<Answer & { body?: unknown }>(
        round,
        () => server.api(changePassword, { token: person.token, body }),
        ...Array.from({ length: 3 }, () => () => signIn(email)),
      );
      for (const code of ins.map(codeOf)) expect([201, 'wrong_credentials']).toContain(code);
      // Who was signed out by one of the others before has changed nothing.
      const isChanged = changed!.status === 200;
      if (!isChanged) expect(['session_displaced', 'not_signed_in']).toContain(codeOf(changed!));
      const tokens = [changed!, ...ins].map(({ body: answer }) => (answer as { token?: string } | undefined)?.token);
      const alive = await Promise.all(tokens.map(async (token) => token !== undefined && isIn(token)));
      expect(alive.filter(Boolean)).toHaveLength(1);
      expect(alive[0]).toBe(isChanged);
      expect(codeOf(await signIn(email))).toBe(isChanged ? 'wrong_credentials' : 201);
    }
  });

  it('a closed account has no session left of those who were just signing in', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const person = await somebody();
      const { email } = person.account;
      const [closed, ...ins] = await race<unknown>(
        round,
        () => disableAccount(server.services, email),
        ...Array.from({ length: 3 }, () => () => signIn(email)),
      );
      expect(closed).toBe('done');
      for (const answer of ins) expect([201, 'account_disabled']).toContain(codeOf(answer as Answer));
      expect(await sessionsOf(person)).toEqual([]);
    }
  });

  it('a deleted account leaves nothing, whatever was on its way', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const payer = await createPayer(server.db, managerId);
      const another = await createPayer(server.db, managerId);
      const slipPassword = await createSlipPassword(server.services, another);
      const person = await somebody(payer);
      const { token, account } = person;
      const [deleted] = await race<Answer>(
        round,
        () => server.api(deleteAccount, { token, body: { password } }),
        () => server.api(addPayer, { token, body: { managerId, payerCode: another.code, slipPassword } }),
        () => server.api(removePayer, { token, params: { id: payer.id }, body: { password } }),
        () => server.api(confirmEmail, { token, body: { code: '123456' } }),
        () => signIn(account.email),
        () => server.api(releasePayer, { token: clerk.token, params: { id: payer.id } }),
        () => server.api(deleteAccount, { token, body: { password } }),
      );
      if (deleted!.status !== 204) expect(['not_signed_in', 'session_displaced']).toContain(codeOf(deleted!));
      const isGone = (await Account.query(server.db).findById(account.id)) === undefined;
      if (!isGone) expect(deleted!.status).not.toBe(204);
      if (isGone) {
        expect(await sessionsOf(person)).toEqual([]);
        expect([await holderOf(payer), await holderOf(another)]).toEqual([undefined, undefined]);
        expect((await server.db('mails').where({ account_id: account.id })).length).toBe(0);
      }
    }
  });
});

describe('of one payer', () => {
  it('a release never takes it from both, nor gives it to both', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const payer = await createPayer(server.db, managerId);
      const slipPassword = await createSlipPassword(server.services, payer);
      const [before, after] = [await somebody(payer), await somebody()];
      const body = { managerId, payerCode: payer.code, slipPassword };
      const [released, added] = await race<Answer>(
        round,
        () => server.api(releasePayer, { token: clerk.token, params: { id: payer.id } }),
        () => server.api(addPayer, { token: after.token, body }),
        () => server.api(removePayer, { token: before.token, params: { id: payer.id }, body: { password } }),
      );
      expect(released!.status).toBe(204);
      expect([201, 'payer_taken']).toContain(codeOf(added!));
      const holder = await holderOf(payer);
      // Released after it was added, nobody holds it; the one before never does.
      expect(added!.status === 201 ? [after.account.id, undefined] : [undefined]).toContain(holder);
    }
  });

  it('goes to one account, of all who register and add it with different slip passwords', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const payer = await createPayer(server.db, managerId);
      const people = await times(2, () => somebody());
      const slipPasswords = await times(4, () => createSlipPassword(server.services, payer));
      const body = { managerId, payerCode: payer.code };
      const answers = await times<Answer>(4, (n) => {
        const slipPassword = slipPasswords[n]!;
        if (n < 2) return server.api(addPayer, { token: people[n]!.token, body: { ...body, slipPassword } });
        const person = { firstName: 'Živa', lastName: 'Čebašek', password, email: `nova-${round}-${n}@example.si` };
        return server.api(createRegistration, { body: { ...body, ...person, slipPassword } });
      });
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      for (const code of answers.map(codeOf)) expect([201, 'slip_password_rejected', 'payer_taken']).toContain(code);
      expect(await PayerAccount.query(server.db).where('payer_id', payer.id)).toHaveLength(1);
      await server.db('rate_limits').del();
    }
  });

  it('and one e-mail: of all who register with it one gets in, and the others keep their slip passwords', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const email = `ista-${round}@example.si`;
      const payers = await times(4, () => createPayer(server.db, managerId));
      const slipPasswords = await Promise.all(payers.map((payer) => createSlipPassword(server.services, payer)));
      const person = { firstName: 'Živa', lastName: 'Čebašek', password, email };
      const register = (n: number, given = person) => {
        const body = { managerId, payerCode: payers[n]!.code, slipPassword: slipPasswords[n]!, ...given };
        return server.api(createRegistration, { body });
      };
      const codes = (await times(4, (n) => register(n))).map(codeOf);
      expect(codes.sort()).toEqual([201, 'email_taken', 'email_taken', 'email_taken']);
      const answers = await times(4, (n) => register(n, { ...person, email: `druga-${round}-${n}@example.si` }));
      expect(answers.map(codeOf).sort()).toEqual([201, 201, 201, 'slip_password_rejected']);
      await server.db('rate_limits').del();
    }
  });
});

describe('of the staff', () => {
  it('who is removed while accepting an invitation is in or out, never half', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const person = await somebody();
      const { email, id } = person.account;
      await server.api(inviteStaff, { token: admin.token, body: { email, role: 'admin' } });
      const code = codeIn(await lastMail(server.db, email, 'invitation'));
      const body = { email, code, password };
      const answers = await race<Answer>(
        round,
        () => server.api(acceptInvitation, { body }),
        () => server.api(removeStaff, { token: admin.token, params: { id } }),
        () => server.api(acceptInvitation, { body }),
      );
      const [first, removed, second] = answers.map(codeOf);
      expect([first, second].sort()).toEqual([201, 'code_rejected']);
      expect([204, 'not_found']).toContain(removed);
      const role = await StaffRole.query(server.db).findById([managerId, id]);
      expect(role === undefined).toBe(removed === 204);
    }
  });
});
