import type { KeyObject } from 'node:crypto';
import type { Knex } from 'knex';
import { isMysql } from '../db/connect.ts';
import { toInstant } from '../db/time.ts';
import { AuditEntry } from '../models/audit-entry.ts';
import { AuditHead } from '../models/audit-head.ts';
import type { AuditAction } from '../../contract/audit-actions.ts';
import { encodeDetails, type AuditDetails } from './details.ts';
import { entryHash, pseudonymOf, sealOf } from './seals.ts';
import type { Who } from './who.ts';

/** A deed. `whoOf(call)` gives the actor and the address. */
export interface AuditDeed extends Partial<Who> {
  readonly action: AuditAction;
  /** Of a deed that belongs to no manager it is left out. */
  readonly managerId?: string | null;
  /** What it was done to: an id, or a pseudonym. */
  readonly subject?: { readonly kind: string; readonly id: string };
  readonly details?: AuditDetails;
}

export interface Audit {
  /**
   * Writes a deed down, in the transaction of the deed: both are there or neither. Made to be the transaction's last
   * work. It locks the end of the manager's chain until the transaction ends, so what comes after it is waited for by
   * everybody else at this manager, and two transactions that each lock more after it can deadlock.
   * @throws Error when the details have a key that promises a secret
   */
  readonly record: (trx: Knex.Transaction, deed: AuditDeed) => Promise<void>;
  /** What stands in the trail for a text that must not: always the same for the same text, and telling nothing of it. */
  readonly pseudonym: (text: string) => string;
}

/** The chain of deeds that belong to no manager. */
export const portalChain = 'iiportal';

/**
 * A head for a chain that has none. Where several are new to a chain, the others wait for the first. A head that
 * somebody took away from a chain in use begins anew without its seal: the deeds go on, and the trail shows the break.
 */
async function createHead(trx: Knex, chain: string): Promise<void> {
  const keep = isMysql(trx) ? 'on duplicate key update audit_heads.seq = audit_heads.seq' : 'on conflict do nothing';
  await trx.raw(
    `insert into audit_heads (chain, seq, seal)
     select ?, coalesce(max(seq), 0), '' from audit_entries where chain = ? ${keep}`,
    [chain, chain],
  );
}

const findHead = async (trx: Knex, chain: string): Promise<AuditHead | undefined> =>
  AuditHead.query(trx).findById(chain).forUpdate();

async function lockHead(trx: Knex, chain: string): Promise<AuditHead> {
  const head = await findHead(trx, chain);
  if (head) return head;
  await createHead(trx, chain);
  return (await findHead(trx, chain))!;
}

interface AuditOptions {
  readonly clock: () => Date;
  readonly key: KeyObject;
}

/** Adds a deed to the end of its chain. Answers with its place in it. */
async function append(trx: Knex, { clock, key }: AuditOptions, chain: string, deed: AuditDeed): Promise<number> {
  const by = deed.program === undefined ? {} : { apiKey: deed.program };
  const details = encodeDetails({ ...by, ...deed.details });
  const head = await lockHead(trx, chain);
  const entry = {
    chain,
    seq: head.seq + 1,
    at: toInstant(clock()),
    action: deed.action,
    actorId: deed.actorId ?? null,
    address: deed.address ?? null,
    subjectKind: deed.subject?.kind ?? null,
    subjectId: deed.subject?.id ?? null,
    details,
  };
  const hash = entryHash(key, head.seal, entry);
  await AuditEntry.query(trx).insert({ ...entry, hash });
  await AuditHead.query(trx)
    .findById(chain)
    .patch({ seq: entry.seq, seal: sealOf(key, hash) });
  return entry.seq;
}

/** The trail of deeds: a chain for each manager, and one for the portal. */
export function createAudit(options: AuditOptions): Audit {
  return {
    record: async (trx, deed) => {
      const chain = deed.managerId ?? portalChain;
      const seq = await append(trx, options, chain, deed);
      if (seq > 1 || chain === portalChain) return;
      // The portal's chain knows of every other one, so that none can disappear as a whole.
      await append(trx, options, portalChain, { action: 'audit.begun', subject: { kind: 'manager', id: chain } });
    },
    pseudonym: (text) => pseudonymOf(options.key, text),
  };
}
