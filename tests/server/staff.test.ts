import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getSession } from '../../contract/session.ts';
import { changeStaffRole, listStaff, removeStaff } from '../../contract/staff.ts';
import { Invitation } from '../../server/models/invitation.ts';
import type { Manager } from '../../server/models/manager.ts';
import { Session } from '../../server/models/session.ts';
import { StaffRole } from '../../server/models/staff-role.ts';
import { removeMember } from '../../server/modules/staff/roles.service.ts';
import { trailOf } from '../helpers/audit.ts';
import { createStaff as giveRole } from '../../server/modules/staff/staff.service.ts';
import {
  createAccount,
  createManager,
  createPayer,
  createStaff,
  createStaffRole,
  linkPayer,
} from '../helpers/factories.ts';
import { createSecondFactor } from '../helpers/second-factors.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

let server: TestServer;
let manager: Manager;
let admin: Awaited<ReturnType<typeof createStaff>>;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  manager = await createManager(server.db);
  admin = await createStaff(server.db, manager.id, 'admin');
});

type Staff = typeof admin;

const list = (token = admin.token, query = {}) => server.api(listStaff, { token, query });
const change = (id: string, role: 'clerk' | 'admin', token = admin.token) =>
  server.api(changeStaffRole, { token, params: { id }, body: { role } });
const remove = (id: string, token = admin.token) => server.api(removeStaff, { token, params: { id } });

const roleOf = async ({ account }: Staff) =>
  (await StaffRole.query(server.db).findById([manager.id, account.id]))?.role;
const admins = () => StaffRole.query(server.db).where({ manager_id: manager.id, role: 'admin' }).resultSize();
const codeOf = ({ status, problem }: { status: number; problem?: { code: string } }) => problem?.code ?? status;

describe('GET /office/staff', () => {
  it('lists who works for the manager, by name', async () => {
    const names = [
      ['Ana', 'Šuster'],
      ['Bor', 'Žagar'],
      ['Cene', 'Sever'],
      ['Ana', 'Čeh'],
    ] as const;
    for (const [firstName, lastName] of names) {
      const { id } = await createAccount(server.db, { firstName, lastName });
      await createStaffRole(server.db, manager.id, id, 'clerk');
    }
    await createStaff(server.db, (await createManager(server.db)).id);
    const { status, body } = await list();
    expect(status).toBe(200);
    expect(body.members.map(({ lastName }) => lastName)).toEqual(['Čebašek', 'Čeh', 'Sever', 'Šuster', 'Žagar']);
    expect(body.invitations).toEqual([]);
  });

  it('says who has a second factor, and who is signed in since when', async () => {
    const protectedOne = await createStaff(server.db, manager.id, 'clerk');
    await createSecondFactor(server.services, protectedOne.account.id);
    const started = await createStaff(server.db, manager.id, 'clerk');
    await createSecondFactor(server.services, started.account.id, { confirmedAt: null });
    await Session.query(server.db).delete().where({ account_id: started.account.id });
    const members = new Map((await list()).body.members.map((member) => [member.id, member]));
    expect(members.get(protectedOne.account.id)).toMatchObject({ hasSecondFactor: true, role: 'clerk' });
    expect(Date.parse(members.get(protectedOne.account.id)?.lastUsedAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
    expect(members.get(started.account.id)).toMatchObject({ hasSecondFactor: false, lastUsedAt: null });
    expect(members.get(admin.account.id)).toMatchObject({ email: admin.account.email, role: 'admin' });
  });

  it('counts a session that was left idle too long as none', async () => {
    const idle = await createStaff(server.db, manager.id, 'clerk');
    const long = '2020-01-01 00:00:00.000';
    await Session.query(server.db).where({ account_id: idle.account.id }).patch({ lastUsedAt: long });
    const member = (await list()).body.members.find(({ id }) => id === idle.account.id);
    expect(member?.lastUsedAt).toBeNull();
  });

  it('asks for the manager where it could be several', async () => {
    const other = await createManager(server.db);
    await createStaffRole(server.db, other.id, admin.account.id, 'admin');
    expect((await list()).problem.code).toBe('manager_required');
    expect((await list(admin.token, { managerId: other.id })).body.members).toHaveLength(1);
  });
});

describe('another role', () => {
  it('holds from the next request on, and is written down', async () => {
    const clerk = await createStaff(server.db, manager.id, 'clerk');
    expect((await list(clerk.token)).problem.code).toBe('forbidden');
    const { status, body } = await change(clerk.account.id, 'admin');
    expect([status, body]).toMatchObject([200, { id: clerk.account.id, role: 'admin' }]);
    expect((await list(clerk.token)).status).toBe(200);
    expect((await change(admin.account.id, 'clerk', clerk.token)).status).toBe(200);
    expect((await list()).problem.code).toBe('forbidden');
    const trail = await trailOf(server.services, manager.id);
    expect(trail.map(({ action, actorId, subjectId, details }) => [action, actorId, subjectId, details])).toEqual([
      ['staff.role_changed', admin.account.id, clerk.account.id, '{"role":"admin","before":"clerk"}'],
      ['staff.role_changed', clerk.account.id, admin.account.id, '{"role":"clerk","before":"admin"}'],
    ]);
  });

  it('that is the old one changes nothing', async () => {
    expect((await change(admin.account.id, 'admin')).status).toBe(200);
    expect(await trailOf(server.services, manager.id)).toEqual([]);
  });

  it('is for members of the own staff alone', async () => {
    const elsewhere = await createStaff(server.db, (await createManager(server.db)).id, 'clerk');
    expect((await change(elsewhere.account.id, 'admin')).problem.code).toBe('not_found');
    expect((await remove(elsewhere.account.id)).problem.code).toBe('not_found');
  });
});

describe('the last admin', () => {
  it('is neither lowered nor removed, by whomever', async () => {
    await createStaff(server.db, manager.id, 'clerk');
    await createStaff(server.db, (await createManager(server.db)).id, 'admin');
    expect((await change(admin.account.id, 'clerk')).problem).toMatchObject({ status: 409, code: 'last_admin' });
    expect((await remove(admin.account.id)).problem).toMatchObject({ status: 409, code: 'last_admin' });
    expect(await roleOf(admin)).toBe('admin');
  });

  it('may go when there is another one', async () => {
    const second = await createStaff(server.db, manager.id, 'admin');
    expect((await remove(admin.account.id)).status).toBe(204);
    expect((await remove(second.account.id, second.token)).problem.code).toBe('last_admin');
  });

  it('stays when two remove or lower each other at the same moment', async () => {
    for (const deed of [remove, (id: string, token: string) => change(id, 'clerk', token)]) {
      manager = await createManager(server.db);
      const [a, b] = [await createStaff(server.db, manager.id), await createStaff(server.db, manager.id)];
      const answers = await Promise.all([deed(a.account.id, b.token), deed(b.account.id, a.token)]);
      expect(answers.map(({ status }) => status).filter((status) => status < 300)).toHaveLength(1);
      expect(answers.map(codeOf)).toContain('forbidden');
      expect(await admins()).toBe(1);
    }
  });

  it('is asked once more when the staff is locked: who lost the role after the request was let in is refused', async () => {
    const [a, b] = [await createStaff(server.db, manager.id), await createStaff(server.db, manager.id)];
    const removal = (by: Staff, of: Staff) =>
      removeMember(
        server.services,
        { actorId: by.account.id, address: null },
        { managerId: manager.id, accountId: of.account.id },
      );
    const outcomes = await Promise.allSettled([removal(a, b), removal(b, a)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'forbidden' } });
    expect(await admins()).toBe(2);
  });

  it('stays when all of them leave at the same moment', async () => {
    const all = [admin];
    for (let count = 0; count < 3; count += 1) all.push(await createStaff(server.db, manager.id, 'admin'));
    const answers = await Promise.all(all.map(({ account, token }) => remove(account.id, token)));
    expect(answers.map(codeOf).sort()).toEqual([204, 204, 204, 'last_admin']);
    expect(await admins()).toBe(1);
  });
});

describe('removal from the staff', () => {
  it('holds from the next request on; the person keeps the account and what else it holds', async () => {
    const clerk = await createStaff(server.db, manager.id, 'clerk');
    const payer = await createPayer(server.db, manager.id);
    await linkPayer(server.db, payer, clerk.account.id);
    const { status } = await remove(clerk.account.id);
    expect(status).toBe(204);
    const { body } = await server.api(getSession, { token: clerk.token });
    expect(body).toMatchObject({ roles: [], payers: [{ id: payer.id }] });
    expect((await list(clerk.token)).problem.code).toBe('forbidden');
    const [deed] = await trailOf(server.services, manager.id);
    expect(deed).toMatchObject({ action: 'staff.removed', actorId: admin.account.id, subjectId: clerk.account.id });
  });

  it('voids an invitation that would bring the person back', async () => {
    const clerk = await createStaff(server.db, manager.id, 'clerk');
    const dates = { createdAt: '2026-01-01 00:00:00.000', expiresAt: '2099-01-01 00:00:00.000' };
    const open = { role: 'admin', language: 'sl', hmac: 'a'.repeat(64), ...dates } as const;
    const other = await createManager(server.db);
    for (const managerId of [manager.id, other.id]) {
      await Invitation.query(server.db).insert({ managerId, id: managerId, email: clerk.account.email, ...open });
    }
    await remove(clerk.account.id);
    const left = await Invitation.query(server.db).where({ email: clerk.account.email });
    expect(left.map(({ managerId }) => managerId)).toEqual([other.id]);
  });

  it('takes effect once, also in parallel', async () => {
    const clerk = await createStaff(server.db, manager.id, 'clerk');
    const answers = await Promise.all(Array.from({ length: 5 }, () => remove(clerk.account.id)));
    expect(answers.map(codeOf).sort()).toEqual([204, ...Array<string>(4).fill('not_found')]);
  });

  it('is of somebody who is on it', async () => {
    expect((await remove('ab'.repeat(16))).problem.code).toBe('not_found');
    expect((await remove((await createAccount(server.db)).id)).problem.code).toBe('not_found');
  });
});

describe("the operator's command", () => {
  it('makes no clerk of the only admin', async () => {
    const { email, firstName, lastName } = admin.account;
    const asClerk = {
      managerId: manager.id,
      role: 'clerk' as const,
      email,
      firstName,
      lastName,
      password: 'Zelena-trava-8',
    };
    await expect(giveRole(server.services, asClerk)).rejects.toMatchObject({ code: 'last_admin' });
    await createStaff(server.db, manager.id, 'admin');
    await expect(giveRole(server.services, asClerk)).resolves.toEqual({ isNewAccount: false });
  });
});
