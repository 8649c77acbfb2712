import { Readable } from 'node:stream';
import type { Knex } from 'knex';
import { ZipFile } from 'yazl';
import { toIso } from '../../db/time.ts';
import type { Actor } from '../../http/actor.ts';
import { Account } from '../../models/account.ts';
import { AuditEntry } from '../../models/audit-entry.ts';
import { Mail } from '../../models/mail.ts';
import { Session } from '../../models/session.ts';
import { slipPdf } from '../../pdf/slip-pdf.ts';
import type { Services } from '../../services.ts';
import { choicesOf } from '../notifications/notifications.service.ts';
import { describeSession } from '../session/session.service.ts';
import { hasEInvoice } from '../slips/slips.policy.ts';
import { pageOfSlips } from '../slips/slips.queries.ts';
import { fileNameOf, readSlip } from '../slips/slips.service.ts';

type DataServices = Pick<Services, 'db' | 'clock' | 'config' | 'logger'>;

const slipsAtOnce = 100;

/** The actor's slips, some at a time. */
async function* slipIdsOf(db: Knex, { payers }: Actor): AsyncGenerator<string> {
  let cursor: string | undefined;
  do {
    const page = await pageOfSlips(db, payers, { limit: slipsAtOnce, cursor });
    for (const { id } of page.items) yield id;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

const iso = (instant: string | null): string | null => instant && toIso(instant);

/** All that is kept of the person besides the slips. No hashes and no codes: those are keys, not facts about somebody. */
async function personalData(services: DataServices, accountId: string) {
  const { db } = services;
  const account = await Account.query(db).findById(accountId).throwIfNotFound();
  const facts = await describeSession(services, accountId);
  const session = await Session.query(db).findOne({ account_id: accountId });
  const mails = await Mail.query(db).where('account_id', accountId).orderBy('created_at');
  const deeds = await AuditEntry.query(db).where('actor_id', accountId).orderBy(['at', 'chain', 'seq']);
  return {
    account: {
      id: account.id,
      email: account.email,
      emailConfirmedAt: iso(account.emailConfirmedAt),
      newEmail: facts?.newEmail ?? null,
      firstName: account.firstName,
      lastName: account.lastName,
      language: account.language,
      createdAt: toIso(account.createdAt),
      hasSecondFactor: facts?.secondFactor.isOn ?? false,
    },
    session: session && {
      device: session.device,
      since: toIso(session.createdAt),
      lastUsedAt: toIso(session.lastUsedAt),
    },
    payers: facts?.payers ?? [],
    roles: facts?.roles ?? [],
    notifications: await choicesOf(db, accountId),
    mails: mails.map(({ kind, toAddress, subject, createdAt, sentAt }) => ({
      ...{ kind, to: toAddress, subject, createdAt: toIso(createdAt), sentAt: iso(sentAt) },
    })),
    deeds: deeds.map(({ at, action, address }) => ({ at: toIso(at), action, address })),
  };
}

const json = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

/** One slip as JSON, and as a PDF where the portal would show it as one. */
async function* filesOf(services: DataServices, actor: Actor, id: string): AsyncGenerator<[string, Buffer]> {
  const slip = await readSlip(services, actor, id);
  const name = `razdelilniki/${fileNameOf(slip).replace(/\.pdf$/, '')}-${id.slice(0, 6)}`;
  yield [`${name}.json`, json(slip)];
  if (hasEInvoice(slip.channel)) yield [`${name}.pdf`, await slipPdf(slip)];
}

/** Puts a file in and waits until it has gone out: one at a time is in memory, however slowly they are fetched. */
const written = (zip: ZipFile, name: string, bytes: Buffer): Promise<void> =>
  new Promise((resolve) => {
    zip.addReadStreamLazy(name, (open) => {
      const file = Readable.from([bytes]);
      file.once('close', resolve);
      open(null, file);
    });
  });

async function fill(zip: ZipFile, services: DataServices, actor: Actor, person: Buffer): Promise<void> {
  await written(zip, 'moji-podatki.json', person);
  for await (const id of slipIdsOf(services.db, actor)) {
    for await (const [name, bytes] of filesOf(services, actor, id)) await written(zip, name, bytes);
  }
  zip.end();
}

/** All that is kept of the person and the person's slips, as a ZIP that is made while it is fetched. */
export async function accountData(services: DataServices, actor: Actor): Promise<Readable> {
  // Before the answer begins: what fails now can still be answered.
  const person = json(await personalData(services, actor.accountId));
  const zip = new ZipFile();
  // The library types its stream by the interface alone; it is a PassThrough.
  const output = zip.outputStream as Readable;
  fill(zip, services, actor, person).catch((error: unknown) => output.destroy(error as Error));
  return output;
}
