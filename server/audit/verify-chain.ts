import type { KeyObject } from 'node:crypto';
import type { Knex } from 'knex';
import { AuditEntry } from '../models/audit-entry.ts';
import { AuditHead } from '../models/audit-head.ts';
import { entryHash, firstSeal, sealOf } from './seals.ts';

/**
 * What is wrong with a chain:
 * changed: the entry is not what was written there after the one before it;
 * missing: the entry is not there, though later ones are, or the portal's chain knows that there were some;
 * tail_cut: the entry is not there, and no later one, but the head knows of it;
 * head_changed: the head is not the one that was written with the entry, or is gone;
 * restarted: the whole chain was taken away, and begun anew.
 */
export type Fault = 'changed' | 'missing' | 'tail_cut' | 'head_changed' | 'restarted';

export interface ChainReport {
  readonly chain: string;
  /** How many are as they were written, from the first one on. */
  readonly entries: number;
  /** The first one that there is. */
  readonly fault?: { readonly kind: Fault; readonly seq: number };
}

const pageSize = 1_000;

/** The entries of a chain, some at a time; also those below 1, which nobody of ours writes. */
async function* entriesOf(db: Knex, chain: string): AsyncGenerator<AuditEntry> {
  let after = -(2 ** 31);
  for (;;) {
    const page = await AuditEntry.query(db).where({ chain }).where('seq', '>', after).orderBy('seq').limit(pageSize);
    yield* page;
    const last = page.at(-1);
    if (!last) return;
    after = last.seq;
  }
}

interface Walked {
  readonly entries: number;
  readonly seal: string;
  readonly fault?: ChainReport['fault'];
}

type See = (entry: AuditEntry) => void;

/** Goes from entry to entry up to the end, or to the first one that is not as it was written. */
async function walk(db: Knex, key: KeyObject, chain: string, end: number, see: See): Promise<Walked> {
  let seal = firstSeal;
  let entries = 0;
  for await (const entry of entriesOf(db, chain)) {
    if (entries === end) break;
    const { seq, hash } = entry;
    if (seq > entries + 1) return { entries, seal, fault: { kind: 'missing', seq: entries + 1 } };
    if (seq <= entries || hash !== entryHash(key, seal, entry))
      return { entries, seal, fault: { kind: 'changed', seq } };
    seal = sealOf(key, hash);
    entries = seq;
    see(entry);
  }
  return { entries, seal };
}

/** What the head has against the entries in front of it. */
function headFault(head: Pick<AuditHead, 'seq' | 'seal'>, { entries, seal }: Walked): ChainReport['fault'] {
  if (head.seq > entries) return { kind: 'tail_cut', seq: entries + 1 };
  return head.seq < entries || head.seal !== seal ? { kind: 'head_changed', seq: entries } : undefined;
}

/** An entry behind the end. It was added while we went along, with a new head, or else by somebody without the key. */
async function strayFault(db: Knex, chain: string, end: number): Promise<ChainReport['fault']> {
  const next = await AuditEntry.query(db).where({ chain }).where('seq', '>', end).orderBy('seq').limit(1).first();
  const head = next && (await AuditHead.query(db).findById(chain));
  return !next || (head && head.seq >= next.seq) ? undefined : { kind: 'changed', seq: next.seq };
}

/**
 * Goes along a chain as far as its head was when we began: what is added meanwhile is left for the next time.
 * @param see is shown every entry that is as it was written
 */
export async function verifyChain(
  db: Knex,
  key: KeyObject,
  chain: string,
  see: See = () => undefined,
): Promise<ChainReport> {
  // In this order: the head of entries that are there already is there as well, unless somebody took it away.
  const isInUse = (await AuditEntry.query(db).findOne({ chain }).limit(1)) !== undefined;
  const head = await AuditHead.query(db).findById(chain);
  const walked = await walk(db, key, chain, head?.seq ?? (isInUse ? Infinity : 0), see);
  const end = head ?? { seq: 0, seal: firstSeal };
  const fault = walked.fault ?? headFault(end, walked) ?? (await strayFault(db, chain, end.seq));
  return { chain, entries: walked.entries, ...(fault && { fault }) };
}
