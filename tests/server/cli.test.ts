import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../server/db/connect.ts';
import { Account } from '../../server/models/account.ts';
import { ManagerHost } from '../../server/models/manager-host.ts';
import { Manager } from '../../server/models/manager.ts';
import { StaffRole } from '../../server/models/staff-role.ts';
import { createPasswords } from '../../server/passwords/passwords.ts';
import { iiportal as runCommand } from '../helpers/command-line.ts';
import { createAccount } from '../helpers/factories.ts';
import { createTestDatabase, type TestDatabase } from '../helpers/test-database.ts';

let database: TestDatabase;

const onDatabase = (migrated: boolean) => {
  beforeEach(async () => {
    database = await createTestDatabase({ migrated });
  });
  afterEach(() => database.remove());
};

/** What ends before any database is asked is the same on each kind of them: it is shown on one. */
const once = describe.skipIf(process.env['TEST_DATABASE'] !== 'sqlite');

const root = fileURLToPath(new URL('../..', import.meta.url));

const iiportal = (args: readonly string[], input?: string) => runCommand(database, args, input);

async function withDb<T>(work: (db: ReturnType<typeof connect>) => Promise<T>): Promise<T> {
  const db = connect(database.url);
  return work(db).finally(() => db.destroy());
}

const manager = [
  'manager',
  'create',
  '--name',
  'Upravnik d.o.o.',
  '--street',
  'Šmartinska 1',
  '--town',
  '1000 Ljubljana',
];
const iban = 'SI56 0201 7001 4356 205';
const staffOf = (managerId: string, ...more: string[]) => [
  ...['staff', 'create', '--email', 'Ana@Upravnik.si', '--role', 'admin', '--manager', managerId],
  ...['--first-name', 'Ana', '--last-name', 'Čuk', ...more],
];

once('npm run iiportal --', () => {
  onDatabase(false);

  it('explains itself', async () => {
    const { out, code } = await iiportal(['--help']);
    expect(code).toBe(0);
    for (const words of ['migrate', 'manager create', 'staff create', '--iban IBAN', '(required)'])
      expect(out).toContain(words);
  });

  it('says what is wrong with a command line, in one line and with exit code 2', async () => {
    expect(await iiportal(['mangaer'])).toMatchObject({ code: 2, err: 'No such command: mangaer. --help lists them.' });
    const missing = await iiportal(['manager', 'create', '--name', 'x']);
    expect(missing).toMatchObject({ code: 2, err: 'Missing: --street, --town, --iban' });
    expect((await iiportal(['migrate', '--donw'])).err).toContain('--donw');
  });

  it('names every problem of the settings at once, the server as well', async () => {
    const env = { ...process.env, DATA_DIR: database.folder, PORT: 'x', HUMAN_CHECK: 'y' };
    for (const file of ['server/index.ts', 'server/cli/index.ts']) {
      const child = spawn(process.execPath, [file, 'migrate'], { cwd: root, env });
      const [err, code] = await Promise.all([
        text(child.stderr),
        new Promise<number | null>((resolve) => child.on('exit', resolve)),
      ]);
      expect(code).toBe(file === 'server/index.ts' ? 1 : 2);
      expect(err).toMatch(/PORT:[\s\S]*HUMAN_CHECK:/);
    }
  });
});

describe('npm run iiportal -- on an empty database', () => {
  onDatabase(false);

  it('migrates up, tells what it did, and down', async () => {
    const up = await iiportal(['migrate']);
    expect(up).toMatchObject({ code: 0, err: '' });
    expect(up.out.split('\n').length).toBeGreaterThanOrEqual(18);
    expect((await iiportal(['migrate'])).out).toBe('Nothing to do.');
    expect((await iiportal(['migrate', '--down'])).out).toBe(up.out.split('\n').at(-1));
  });
});

describe('npm run iiportal -- on a database in use', () => {
  onDatabase(true);

  it('takes a manager in, and its staff, who can sign in', async () => {
    const created = await iiportal([...manager, '--iban', iban, '--host', 'Portal.Upravnik.si']);
    expect(created).toMatchObject({ code: 0, err: '' });
    const staff = await iiportal(staffOf(created.out));
    expect(staff).toMatchObject({ code: 0, err: '' });
    await withDb(async (db) => {
      expect(await Manager.query(db).findById(created.out)).toMatchObject({ iban: 'SI56020170014356205', email: null });
      expect(await ManagerHost.query(db).findById('portal.upravnik.si')).toMatchObject({ managerId: created.out });
      const account = await Account.query(db).findOne({ email: 'ana@upravnik.si' }).throwIfNotFound();
      expect(await StaffRole.query(db).findById([created.out, account.id])).toMatchObject({ role: 'admin' });
      const passwords = createPasswords(10);
      expect(await passwords.verify(staff.out, account.passwordHash)).toBe(true);
      await passwords.close();
    });
    const again = await iiportal(staffOf(created.out, '--password-stdin'), 'Drugo-geslo-7\n');
    expect(again.out).toBe('ana@upravnik.si has an account already and keeps its password.');
  });

  it('gives no role to an account that may be of somebody who only typed the address', async () => {
    const created = await iiportal([...manager, '--iban', iban]);
    await withDb(async (db) => void (await createAccount(db, { email: 'ana@upravnik.si' })));
    const { code, err } = await iiportal(staffOf(created.out));
    expect([code, err]).toEqual([2, expect.stringContaining('never confirmed it')]);
    await withDb(async (db) => {
      expect(await StaffRole.query(db).resultSize()).toBe(0);
      await Account.query(db).patch({ emailConfirmedAt: '2026-01-01 00:00:00.000' });
    });
    expect((await iiportal(staffOf(created.out))).code).toBe(0);
  });

  it('refuses a mistyped IBAN, a taken host name, an unknown manager, a weak password', async () => {
    expect((await iiportal([...manager, '--iban', iban.replace('2', '3')])).err).toContain('--iban');
    const first = await iiportal([...manager, '--iban', iban, '--host', 'a.si']);
    expect((await iiportal([...manager, '--iban', iban, '--host', 'a.si'])).err).toContain('--host');
    expect((await iiportal(staffOf('f'.repeat(32)))).err).toContain('--manager');
    expect(await iiportal(staffOf(first.out, '--password-stdin'), 'geslo')).toMatchObject({ code: 2 });
  });

  it('takes a reference template, and says what is wrong with one', async () => {
    const template = (text: string) => iiportal([...manager, '--iban', iban, '--reference-template', text]);
    const created = await template('RF {slip}');
    expect(created).toMatchObject({ code: 0, err: '' });
    await withDb(async (db) => {
      expect(await Manager.query(db).findById(created.out)).toMatchObject({ referenceTemplate: 'RF {slip}' });
    });
    expect(await template('SI12 {payer}-{period}')).toMatchObject({
      code: 2,
      err: '--reference-template: not a template: template_parts',
    });
  });

  it.each(['name', 'street', 'town'])('refuses a %s that payment orders cannot write', async (option) => {
    const at = manager.indexOf(`--${option}`) + 1;
    const { err, code } = await iiportal([...manager.with(at, 'Домоуправа 1'), '--iban', iban]);
    expect(code).toBe(2);
    expect(err).toMatch(new RegExp(`^--${option}: .*Д о м`));
    expect(await iiportal([...manager.with(at, 'x'.repeat(151)), '--iban', iban])).toMatchObject({ code: 2 });
    expect(await withDb((db) => Manager.query(db).resultSize())).toBe(0);
  });
});
