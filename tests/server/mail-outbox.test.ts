import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { transaction } from '../../server/db/transaction.ts';
import { createOutbox, type OutgoingMail } from '../../server/mail/outbox.ts';
import { accountDeletedMail } from '../../server/mail/templates/account-deleted.ts';
import { passwordChangedMail } from '../../server/mail/templates/password-changed.ts';
import { Account } from '../../server/models/account.ts';
import { Mail } from '../../server/models/mail.ts';
import { Manager } from '../../server/models/manager.ts';
import { createAccount, createManager } from '../helpers/factories.ts';
import { someMail } from '../helpers/outgoing-mails.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

let server: TestServer;
const at = new Date('2026-11-23T14:05:00Z');
const outbox = createOutbox(() => at, 'portal.example');

beforeEach(async () => {
  server = await startTestServer();
});

afterEach(() => server.close());

describe('the outbox', () => {
  it('keeps all of a mail, due now', async () => {
    const manager = await createManager(server.db);
    const account = await createAccount(server.db);
    const mail = { ...someMail, managerId: manager.id, accountId: account.id, replyTo: 'pisarna@upravnik.example' };
    await outbox.add(server.db, mail);
    const { to, ...columns } = mail;
    expect(await Mail.query(server.db)).toMatchObject([
      {
        ...columns,
        toAddress: to,
        messageId: expect.stringMatching(/^<[0-9a-f]{32}@portal\.example>$/) as string,
        state: 'waiting',
        createdAt: '2026-11-23 14:05:00.000',
        nextTryAt: '2026-11-23 14:05:00.000',
        tries: 0,
        sentAt: null,
        failedAt: null,
      },
    ]);
  });

  it('keeps a mail only with the transaction that is its reason', async () => {
    const failing = transaction(server.db, async (trx) => {
      await outbox.add(trx, someMail);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await Mail.query(server.db).resultSize()).toBe(0);
  });

  it.each([
    ['to', 'a@b.si\nBcc: x@example.si'],
    ['to', 'a@b.si\r\nBcc: x@example.si'],
    ['to', 'a@b.si, x@example.si'],
    ['to', 'Živa <a@b.si>'],
    ['to', 'a@b.si>, <x@example.si'],
    ['to', 'skupina:a@b.si;'],
    ['to', ''],
    ['replyTo', 'pisarna@b.si\nBcc: x@example.si'],
    ['replyTo', 'pisarna@b.si, x@example.si'],
    ['subject', 'Dobrodošli\r\nBcc: x@example.si'],
    ['subject', 'Dobrodošli\u0085Bcc: x@example.si'],
  ] as const)('takes no %s such as %j', async (field, value) => {
    const forged: OutgoingMail = { ...someMail, [field]: value };
    await expect(outbox.add(server.db, forged)).rejects.toThrow(
      field === 'subject' ? 'control character' : 'no address',
    );
    await expect(outbox.addMany(server.db, [someMail, forged])).rejects.toThrow();
    expect(await Mail.query(server.db).resultSize()).toBe(0);
  });

  it('takes any number at once, one after the other, all or none', async () => {
    let made = 0;
    let most = 0;
    async function* many(failAt: number) {
      for (let i = 0; i < 1234; i += 1) {
        made += 1;
        most = Math.max(most, made - (await Mail.query(server.db).resultSize()));
        if (i === failAt) throw new Error('no more');
        yield { ...someMail, to: `oseba-${i}@example.si` };
      }
    }
    await outbox.addMany(server.db, many(-1));
    expect(most).toBeLessThanOrEqual(101); // What was made and not yet written: so much is in memory.
    const ids = new Set((await Mail.query(server.db).select('message_id', 'to_address')).map((mail) => mail.messageId));
    expect(ids.size).toBe(1234);
    await outbox.addMany(server.db, []);
    const failing = transaction(server.db, (trx) =>
      outbox.addMany(
        trx,
        (function* () {
          for (let i = 0; i < 300; i += 1) yield someMail;
          throw new Error('no more');
        })(),
      ),
    );
    await expect(failing).rejects.toThrow('no more');
    expect(await Mail.query(server.db).resultSize()).toBe(1234);
  });
});

describe('an account that is deleted', () => {
  it('takes its mails with it, but not the last one', async () => {
    const account = await createAccount(server.db);
    const other = await createAccount(server.db);
    const person = ({ id, ...rest }: Account) => ({ ...rest, accountId: id });
    await outbox.add(server.db, passwordChangedMail({ person: person(account), at }));
    await outbox.add(server.db, passwordChangedMail({ person: person(other), at }));
    await transaction(server.db, async (trx) => {
      await outbox.add(trx, accountDeletedMail({ person: person(account) }));
      await Account.query(trx).deleteById(account.id);
    });
    const left = await Mail.query(server.db).orderBy('kind');
    expect(left.map(({ kind, toAddress }) => [kind, toAddress])).toEqual([
      ['account-deleted', account.email],
      ['password-changed', other.email],
    ]);
  });
});

describe('a manager who leaves', () => {
  it('takes its mails along', async () => {
    const manager = await createManager(server.db);
    await outbox.add(server.db, { ...someMail, managerId: manager.id });
    await Manager.query(server.db).deleteById(manager.id);
    expect(await Mail.query(server.db).resultSize()).toBe(0);
  });
});
