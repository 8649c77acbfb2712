import type { Knex } from 'knex';
import type { StaffRole as Role } from '../../../contract/session.ts';
import { toInstant } from '../../db/time.ts';
import { Account } from '../../models/account.ts';
import { Invitation } from '../../models/invitation.ts';
import { StaffRole } from '../../models/staff-role.ts';

export interface MemberRow {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly role: Role;
  readonly secondFactorAt: string | null;
  /** Of the session, which may have run out. */
  readonly lastUsedAt: string | null;
  readonly expiresAt: string | null;
}

/** Objection types a row as its model; MemberRow is what the select names. */
const members = (db: Knex, managerId: string): Promise<MemberRow[]> =>
  StaffRole.query(db)
    .alias('r')
    .join('accounts as a', 'a.id', 'r.account_id')
    .leftJoin('sessions as s', 's.account_id', 'r.account_id')
    .leftJoin('second_factors as f', 'f.account_id', 'r.account_id')
    .where('r.manager_id', managerId)
    .select('a.id', 'a.first_name', 'a.last_name', 'a.email', 'r.role', 's.last_used_at', 's.expires_at')
    .select({ second_factor_at: 'f.confirmed_at' })
    // Objection types a row as its model; what is selected here is MemberRow.
    .then((rows) => rows as unknown as MemberRow[]);

const { compare } = new Intl.Collator('sl');

/** The manager's staff by name, in the order of Slovene letters, which SQLite does not know. They are few. */
export const findMembers = async (db: Knex, managerId: string): Promise<MemberRow[]> =>
  (await members(db, managerId)).sort(
    (a, b) => compare(a.lastName, b.lastName) || compare(a.firstName, b.firstName) || compare(a.email, b.email),
  );

/** Who decides at the manager, and is told of what only they may do. */
export const findAdmins = async (db: Knex, managerId: string): Promise<Account[]> =>
  Account.query(db)
    .alias('a')
    .join('staff_roles as r', 'r.account_id', 'a.id')
    .where({ 'r.manager_id': managerId, 'r.role': 'admin' })
    .select('a.*');

/** The manager's invitations that can still be accepted. */
export const findInvitations = async (db: Knex, managerId: string, now: Date): Promise<Invitation[]> =>
  Invitation.query(db).where('manager_id', managerId).where('expires_at', '>', toInstant(now)).orderBy('email');
