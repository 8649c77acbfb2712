import { createHmac, type KeyObject } from 'node:crypto';
import type { AuditEntry } from '../models/audit-entry.ts';

/** The seal before the first entry of a chain. */
export const firstSeal = '';

/** The first part says what is sealed, so that a value made for one purpose is never good for another. */
const hmac = (key: KeyObject, ...parts: readonly (string | number | null)[]): string =>
  createHmac('sha256', key).update(JSON.stringify(parts)).digest('hex');

/** All of an entry but its hash. */
export type Unsealed = Omit<AuditColumns, 'hash'>;

type AuditColumns = Pick<
  AuditEntry,
  'chain' | 'seq' | 'at' | 'action' | 'actorId' | 'address' | 'subjectKind' | 'subjectId' | 'details' | 'hash'
>;

/** Over every column, and over the seal of the entry before it. */
export const entryHash = (key: KeyObject, seal: string, entry: Unsealed): string =>
  hmac(
    key,
    'entry',
    seal,
    entry.chain,
    entry.seq,
    entry.at,
    entry.action,
    entry.actorId,
    entry.address,
    entry.subjectKind,
    entry.subjectId,
    entry.details,
  );

/**
 * What the head of a chain holds of its last entry, and what goes into the hash of the next. It is nowhere else, and
 * is not made without the key: who cuts the last entries off cannot make the head that was there before them.
 */
export const sealOf = (key: KeyObject, hash: string): string => hmac(key, 'seal', hash);

/** 128 bits of an HMAC. */
export const pseudonymOf = (key: KeyObject, text: string): string => hmac(key, 'pseudonym', text).slice(0, 32);
