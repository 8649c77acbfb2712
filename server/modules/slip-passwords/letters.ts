import type { Readable } from 'node:stream';
import { Manager } from '../../models/manager.ts';
import { lettersPdf } from '../../pdf/letters-pdf.ts';
import type { Services } from '../../services.ts';
import { portalAddressOf } from '../managers/managers.service.ts';
import { type IssuedBatch, recipients } from './slip-passwords.service.ts';

/** The letters of a batch, one page a payer, written as fast as they are read. */
export async function letters({ db, clock, config }: Services, batch: IssuedBatch): Promise<Readable> {
  const manager = await Manager.query(db).findById(batch.managerId).throwIfNotFound();
  return lettersPdf(recipients(db, batch), {
    manager,
    portalAddress: await portalAddressOf(db, config.publicUrl, batch.managerId),
    issuedAt: clock(),
    expiresAt: batch.expiresAt,
  });
}
