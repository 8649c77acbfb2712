import type { Readable } from 'node:stream';
import type { Knex } from 'knex';
import { Tinypool } from 'tinypool';
import { maxLogoBytes } from '../../../contract/manager-settings.ts';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { ManagerLogo } from '../../models/manager-logo.ts';
import type { Logo } from '../../pdf/slip-document.ts';
import type { Services } from '../../services.ts';
import type { Asker } from '../account/asker.ts';
import type { ReadLogo } from './logo/read-logo.ts';

/** The manager's logo, ready to be printed. One object for all slips that are printed together: it is drawn once. */
export async function logoOf(db: Knex, managerId: string): Promise<Logo | null> {
  const row = await ManagerLogo.query(db).findById(managerId).select('kind', 'print', 'width', 'height');
  return row ? { kind: row.kind, bytes: row.print, width: row.width, height: row.height } : null;
}

export const hasLogo = async (db: Knex, managerId: string): Promise<boolean> =>
  (await ManagerLogo.query(db).findById(managerId).select('manager_id')) !== undefined;

/** The logo for the screen. @throws not_found */
export async function pictureOf(db: Knex, managerId: string): Promise<Pick<ManagerLogo, 'mediaType' | 'picture'>> {
  const row = await ManagerLogo.query(db).findById(managerId).select('media_type', 'picture');
  if (!row) throw new ApiError('not_found');
  return row;
}

/** The whole body. @throws body_too_large, before more of it is kept than may be */
async function readBytes(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // A body that is not wanted is left unread, not cut off: the connection must live to carry the answer.
  for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxLogoBytes) throw new ApiError('body_too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** In a thread of its own, which ends with it: somebody changes a logo once in some years. */
async function read(bytes: Buffer): Promise<ReadLogo | undefined> {
  const pool = new Tinypool({
    filename: new URL('./logo/worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
  });
  try {
    return (await pool.run(bytes)) as ReadLogo | undefined;
  } finally {
    await pool.destroy();
  }
}

type LogoServices = Pick<Services, 'db' | 'audit' | 'clock'>;

const deed = (asker: Asker, managerId: string) =>
  ({ action: 'logo.changed', managerId, ...asker, subject: { kind: 'manager', id: managerId } }) as const;

/**
 * Takes the picture of the body as the manager's logo.
 * @throws body_too_large, picture_rejected
 */
export async function changeLogo(
  { db, audit, clock }: LogoServices,
  asker: Asker,
  managerId: string,
  body: Readable,
): Promise<void> {
  const logo = await read(await readBytes(body));
  if (!logo) throw new ApiError('picture_rejected');
  const { mediaType, picture, print } = logo;
  const { kind, width, height } = print;
  const row = { managerId, mediaType, kind, width, height, updatedAt: toInstant(clock()) };
  const bytes = { picture: Buffer.from(picture), print: Buffer.from(print.bytes) };
  await transaction(db, async (trx) => {
    await ManagerLogo.query(trx)
      .insert({ ...row, ...bytes })
      .onConflict('manager_id')
      .merge();
    await audit.record(trx, { ...deed(asker, managerId), details: { mediaType, width, height } });
  });
}

/** Slips carry no logo from now on; there may have been none. */
export async function removeLogo({ db, audit }: LogoServices, asker: Asker, managerId: string): Promise<void> {
  await transaction(db, async (trx) => {
    if ((await ManagerLogo.query(trx).deleteById(managerId)) === 0) return;
    await audit.record(trx, { ...deed(asker, managerId), details: { removed: true } });
  });
}
