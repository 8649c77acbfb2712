import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BodyInput } from '../../contract/endpoint.ts';
import { createSession } from '../../contract/session.ts';
import { acceptInvitation, inviteStaff, listStaff, openInvitation, withdrawInvitation } from '../../contract/staff.ts';
import { Account } from '../../server/models/account.ts';
import { AuditEntry } from '../../server/models/audit-entry.ts';
import { Invitation } from '../../server/models/invitation.ts';
import { Mail } from '../../server/models/mail.ts';
import type { Manager } from '../../server/models/manager.ts';
import { Session } from '../../server/models/session.ts';
import { StaffRole } from '../../server/models/staff-role.ts';
import { forgetExpired } from '../../server/retention.ts';
import { generateSlipPassword } from '../../server/slip-password.ts';
import { trailOf } from '../helpers/audit.ts';
import {
  createAccount,
  createManager,
  createPayer,
  createStaff,
  createStaffRole,
  linkPayer,
  type Given,
} from '../helpers/factories.ts';
import { codeIn, lastMail } from '../helpers/mails.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

const password = 'Zelena-Tabla-58';
const day = 86_400_000;

let server: TestServer;
let manager: Manager;
let admin: Awaited<ReturnType<typeof createStaff>>;
let passwordHash: string;
let shift = 0;
let number = 0;

beforeAll(async () => {
  server = await startTestServer({ clock: () => new Date(Date.now() + shift) });
  passwordHash = await server.services.passwords.hash(password);
});

afterAll(() => server.close());

beforeEach(async () => {
  shift = 0;
  await server.db('rate_limits').del();
  manager = await createManager(server.db);
  admin = await createStaff(server.db, manager.id, 'admin');
});

const newEmail = (): string => `nova-${(number += 1)}@example.si`;

const invite = (email: string, given: Partial<BodyInput<typeof inviteStaff>> = {}) =>
  server.api(inviteStaff, {
    token: admin.token,
    query: { managerId: manager.id },
    body: { email, role: 'clerk', ...given },
  });

/** An address that was invited, and the code that it got. */
async function createInvited(email = newEmail(), given: Partial<BodyInput<typeof inviteStaff>> = {}) {
  await Mail.query(server.db).delete().where({ to_address: email });
  const { body } = await invite(email, given);
  return { id: body.id, email, code: codeIn(await lastMail(server.db, email)) };
}

interface Invited {
  readonly email: string;
  readonly code: string;
}

const open = ({ email, code }: Invited) => server.api(openInvitation, { body: { email, code } });

type Acceptance = BodyInput<typeof acceptInvitation>;

const accept = ({ email, code }: Invited, given: Partial<Acceptance> = {}) =>
  server.api(acceptInvitation, {
    body: { email, code, password, firstName: 'Nika', lastName: 'Žnidaršič', ...given },
  });

const codeOf = ({ status, problem }: { status: number; problem?: { code: string } }) => problem?.code ?? status;

const createPerson = (given: Given<Account> = {}) => createAccount(server.db, { passwordHash, ...given });
const accountOf = (email: string) => Account.query(server.db).findOne({ email });
const roleOf = async (email: string) => {
  const account = await accountOf(email);
  return (await StaffRole.query(server.db).findById([manager.id, account?.id ?? '']))?.role;
};

describe('an invitation', () => {
  it('is sent by mail and listed', async () => {
    const email = newEmail();
    const { status, body } = await invite(email.toUpperCase(), { role: 'admin' });
    expect([status, body]).toMatchObject([201, { email, role: 'admin' }]);
    expect(Date.parse(body.expiresAt) - Date.parse(body.createdAt)).toBe(7 * day);
    const mail = await lastMail(server.db, email, 'invitation');
    expect(mail).toMatchObject({ subject: `Vabilo v iiPortal: ${manager.name}`, managerId: manager.id });
    expect(codeIn(mail)).toHaveLength(15);
    const { invitations, members } = (await server.api(listStaff, { token: admin.token })).body;
    expect(invitations).toEqual([body]);
    expect(members).toHaveLength(1);
    const [deed] = await trailOf(server.services, manager.id);
    expect(deed).toMatchObject({ action: 'staff.invited', actorId: admin.account.id, subjectId: body.id });
    expect(JSON.stringify(deed)).not.toContain(email);
  });

  it('speaks the language that was asked for', async () => {
    const email = newEmail();
    await invite(email, { language: 'en' });
    expect((await lastMail(server.db, email)).subject).toContain('Invitation to iiPortal');
  });

  it('is kept without its code', async () => {
    const { email, code } = await createInvited();
    const row = JSON.stringify(await Invitation.query(server.db).findOne({ email }));
    expect(row).not.toContain(code);
    expect(row).not.toContain(code.replaceAll('-', ''));
  });

  it('takes the place of the one before it', async () => {
    const first = await createInvited();
    const second = await createInvited(first.email, { role: 'admin' });
    expect((await open(first)).problem.code).toBe('code_rejected');
    expect((await open(second)).body.role).toBe('admin');
    const { invitations } = (await server.api(listStaff, { token: admin.token })).body;
    expect(invitations.map(({ id }) => id)).toEqual([second.id]);
  });

  it('is one, also of several at the same moment', async () => {
    const email = newEmail();
    const answers = await Promise.all(Array.from({ length: 6 }, () => invite(email)));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201));
    expect(await Invitation.query(server.db).where({ manager_id: manager.id }).resultSize()).toBe(1);
  });

  it('is not for who is on the staff already', async () => {
    const { account } = await createStaff(server.db, manager.id, 'clerk');
    const { status, problem } = await invite(account.email);
    expect([status, problem.code]).toEqual([409, 'staff_member']);
    expect(await Mail.query(server.db).findOne({ to_address: account.email })).toBeUndefined();
    const elsewhere = await createStaff(server.db, (await createManager(server.db)).id, 'clerk');
    expect((await invite(elsewhere.account.email)).status).toBe(201);
  });

  it('lets nothing into the head of the mail', async () => {
    expect((await invite('nova@example.si\r\nBcc: x@y.si')).status).toBe(400);
  });

  it('can be taken back', async () => {
    const { id, ...invited } = await createInvited();
    const withdraw = (token: string) => server.api(withdrawInvitation, { token, params: { id } });
    const stranger = await createStaff(server.db, (await createManager(server.db)).id, 'admin');
    expect((await withdraw(stranger.token)).problem.code).toBe('not_found');
    expect((await withdraw(admin.token)).status).toBe(204);
    expect((await withdraw(admin.token)).problem.code).toBe('not_found');
    expect((await open(invited)).problem.code).toBe('code_rejected');
    const deeds = (await trailOf(server.services, manager.id)).map(({ action }) => action);
    expect(deeds).toEqual(['staff.invited', 'staff.invitation_withdrawn']);
  });

  it('is forgotten some time after it has run out', async () => {
    const { email } = await createInvited();
    shift = 8 * day;
    await Session.query(server.db)
      .where({ account_id: admin.account.id })
      .patch({ expiresAt: '2099-01-01 00:00:00.000' });
    expect((await server.api(listStaff, { token: admin.token })).body.invitations).toEqual([]);
    await forgetExpired(server.services);
    expect(await Invitation.query(server.db).findOne({ email })).toBeUndefined();
  });

  it('is refused when there were too many', async () => {
    for (let count = 0; count < 200; count += 1) await server.services.limits.invitation.consume(manager.id);
    expect((await invite(newEmail())).problem.code).toBe('rate_limited');
    manager = await createManager(server.db);
    await createStaffRole(server.db, manager.id, admin.account.id, 'admin');
    expect((await invite(newEmail())).status).toBe(201);
  });
});

describe('opening an invitation', () => {
  it('tells what it is for, and whether there is an account', async () => {
    const invited = await createInvited();
    expect((await open(invited)).body).toEqual({ managerName: manager.name, role: 'clerk', hasAccount: false });
    const { email } = await createPerson();
    expect((await open(await createInvited(email))).body.hasAccount).toBe(true);
  });

  const bad: [string, () => Promise<Invited>][] = [
    ['an unknown e-mail', async () => ({ ...(await createInvited()), email: newEmail() })],
    ['a wrong code', async () => ({ ...(await createInvited()), code: generateSlipPassword() })],
    ["another one's code", async () => ({ ...(await createInvited()), code: (await createInvited()).code })],
    [
      'a closed account',
      async () => createInvited((await createPerson({ disabledAt: '2026-01-01 00:00:00.000' })).email),
    ],
    [
      'one that was accepted',
      async () => {
        const invited = await createInvited();
        expect((await accept(invited)).status).toBe(201);
        return invited;
      },
    ],
    [
      'one that has run out',
      async () => {
        const invited = await createInvited();
        shift = 7 * day;
        return invited;
      },
    ],
  ];

  it.each(bad)('with %s gets the same answer as any other', async (_, prepare) => {
    const invited = await prepare();
    for (const answer of [await open(invited), await accept(invited)]) {
      expect(answer.status).toBe(422);
      expect({ ...answer.problem, requestId: '' }).toEqual({
        type: 'iiportal:error:code_rejected',
        title: 'code rejected',
        status: 422,
        code: 'code_rejected',
        requestId: '',
      });
    }
    const refusals = await AuditEntry.query(server.db).where({ action: 'staff.join_refused' });
    expect(refusals.length).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(refusals)).not.toContain(invited.email);
  });

  it('is possible until the last moment', async () => {
    const invited = await createInvited();
    shift = 7 * day - 60_000;
    expect((await open(invited)).status).toBe(200);
  });

  it('is slowed down for who guesses, for the person from elsewhere not', async () => {
    const invited = await createInvited();
    const guess = () => open({ ...invited, code: generateSlipPassword() });
    const codes: unknown[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) codes.push((await guess()).problem.code);
    expect(codes).toEqual([...Array<string>(5).fill('code_rejected'), 'rate_limited']);
    expect((await open(invited)).problem.code).toBe('rate_limited');
    expect((await accept(invited)).problem.code).toBe('rate_limited');
    expect((await open(await createInvited())).status).toBe(200);
  });

  it('stops who tries one address after the other', async () => {
    const codes = new Set<unknown>();
    for (let attempt = 0; attempt < 61; attempt += 1) {
      codes.add((await open({ email: `neznan-${attempt}@example.si`, code: generateSlipPassword() })).problem.code);
    }
    expect([...codes]).toEqual(['code_rejected', 'rate_limited']);
  });
});

describe('accepting an invitation', () => {
  it('makes an account with a confirmed address, which signs in and works', async () => {
    const invited = await createInvited(newEmail(), { role: 'admin' });
    const { status, body } = await accept(invited, { language: 'en' });
    expect([status, body]).toEqual([201, { email: invited.email }]);
    const account = await accountOf(invited.email);
    expect(account).toMatchObject({ firstName: 'Nika', lastName: 'Žnidaršič', language: 'en' });
    expect(account?.emailConfirmedAt).not.toBeNull();
    const { session, token } = (await server.api(createSession, { body: { email: invited.email, password } })).body;
    expect(session.roles).toEqual([{ managerId: manager.id, managerName: manager.name, role: 'admin' }]);
    const { members, invitations } = (await server.api(listStaff, { token })).body;
    expect([members.length, invitations.length]).toEqual([2, 0]);
    const deed = (await trailOf(server.services, manager.id)).at(-1);
    expect(deed).toMatchObject({
      action: 'staff.joined',
      actorId: account?.id,
      details: '{"role":"admin","isNew":true}',
    });
  });

  it('takes the code as it is typed', async () => {
    const invited = await createInvited();
    expect((await accept({ ...invited, code: ` ${invited.code.toLowerCase().replaceAll('-', ' ')}` })).status).toBe(
      201,
    );
  });

  it('asks a new person for a name and a good password, and keeps the invitation', async () => {
    const invited = await createInvited();
    const { email, code } = invited;
    const nameless = await server.api(acceptInvitation, { body: { email, code, password: 'geslo' } });
    const faults = nameless.problem.fields?.map(({ path, rule }) => `${path} ${rule}`);
    expect(faults).toEqual(
      expect.arrayContaining(['firstName required', 'lastName required', 'password length', 'password upper']),
    );
    const common = await accept(invited, { password: 'Geslo-123' });
    expect(common.problem.fields).toEqual([{ path: 'password', rule: 'common_password' }]);
    const ownName = await accept(invited, { password: 'Nika-Znidarsic-1' });
    expect(ownName.problem.fields).toEqual([{ path: 'password', rule: 'common_password' }]);
    expect((await accept(invited, { password: `Aa1-${'x'.repeat(200)}` })).problem.code).toBe('invalid_request');
    expect(await accountOf(email)).toBeUndefined();
    expect((await accept(invited)).status).toBe(201);
  });

  it('takes the own password of who has an account, and leaves the account as it is', async () => {
    const person = await createPerson({ firstName: 'Jože', language: 'en' });
    const payer = await createPayer(server.db, manager.id);
    await linkPayer(server.db, payer, person.id);
    const invited = await createInvited(person.email);
    const { email, code } = invited;
    const wrong = await server.api(acceptInvitation, { body: { email, code, password: 'Drugo-geslo-7' } });
    expect([wrong.status, wrong.problem.code]).toEqual([422, 'wrong_password']);
    expect(await roleOf(email)).toBeUndefined();
    expect((await accept(invited)).status).toBe(201);
    const after = await accountOf(email);
    expect(after).toMatchObject({
      id: person.id,
      firstName: 'Jože',
      lastName: 'Čebašek',
      language: 'en',
      passwordHash,
    });
    expect(after?.emailConfirmedAt).not.toBeNull();
    const { session } = (await server.api(createSession, { body: { email, password } })).body;
    expect(session).toMatchObject({ roles: [{ role: 'clerk' }], payers: [{ id: payer.id }] });
  });

  it('keeps the moment at which an address was confirmed before', async () => {
    const emailConfirmedAt = '2026-01-01 00:00:00.000';
    const { email } = await createPerson({ emailConfirmedAt });
    await accept(await createInvited(email));
    expect((await accountOf(email))?.emailConfirmedAt).toBe(emailConfirmedAt);
  });

  it('counts wrong passwords, however often the invitation is opened', async () => {
    const { email } = await createPerson();
    const invited = await createInvited(email);
    const codes: unknown[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      await open(invited);
      codes.push((await accept(invited, { password: 'Drugo-geslo-7' })).problem.code);
    }
    expect(codes).toEqual([...Array<string>(5).fill('wrong_password'), 'rate_limited']);
  });

  it('counts once, also in parallel', async () => {
    const invited = await createInvited();
    const answers = await Promise.all(Array.from({ length: 4 }, () => accept(invited)));
    expect(answers.map(codeOf).sort()).toEqual([201, 'code_rejected', 'code_rejected', 'code_rejected']);
    expect(await StaffRole.query(server.db).where({ manager_id: manager.id }).resultSize()).toBe(2);
  });

  it('counts once for an account, also in parallel', async () => {
    const { email } = await createPerson();
    const invited = await createInvited(email);
    const answers = await Promise.all(Array.from({ length: 4 }, () => accept(invited)));
    expect(answers.map(codeOf).sort()).toEqual([201, 'code_rejected', 'code_rejected', 'code_rejected']);
  });

  it('leaves a role that came meanwhile as it is', async () => {
    const person = await createPerson();
    const invited = await createInvited(person.email);
    await createStaffRole(server.db, manager.id, person.id, 'admin');
    expect((await accept(invited)).status).toBe(201);
    expect(await roleOf(person.email)).toBe('admin');
  });
});
