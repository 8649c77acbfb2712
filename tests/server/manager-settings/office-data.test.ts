import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pathOf, type BodyInput } from '../../../contract/endpoint.ts';
import {
  addHost,
  getManagerSettings,
  makeHostMain,
  nameIban,
  previewMail,
  removeHost,
  removeIban,
  updateManagerSettings,
} from '../../../contract/manager-settings.ts';
import { listManagers } from '../../../contract/account-payers.ts';
import { getPortal } from '../../../contract/portal.ts';
import { transaction } from '../../../server/db/transaction.ts';
import { Mail } from '../../../server/models/mail.ts';
import { portalAddressOf } from '../../../server/modules/managers/managers.service.ts';
import { trailOf } from '../../helpers/audit.ts';
import { createManager, createManagerHost, createStaff, createStaffRole } from '../../helpers/factories.ts';
import { createPerson, password, type Person } from '../../helpers/planted.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';

let server: TestServer;
let managerId: string;
let admin: Person;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  await server.db('rate_limits').del();
  managerId = (await createManager(server.db, { name: 'Upravnik Vzorec' })).id;
  admin = await createPerson(server, ({ id }) => createStaffRole(server.db, managerId, id, 'admin'));
});

const settings = async () => (await server.api(getManagerSettings, { token: admin.token })).body;
const update = (body: BodyInput<typeof updateManagerSettings>) =>
  server.api(updateManagerSettings, { token: admin.token, body });
const deeds = async () =>
  (await trailOf(server.services, managerId)).map(({ action, subjectId, details }) => ({
    ...{ action, subjectId, details: JSON.parse(details) as Record<string, unknown> },
  }));

describe("the manager's data", () => {
  it('are changed by an admin, and the log has the names of what was changed alone', async () => {
    const { status, body } = await update({
      ...{ name: '  Hiša & dom  d.o.o. ', street: 'Dunajska cesta 1', town: '2000 Maribor', phone: '+386 2 123 45 67' },
      ...{ email: 'Pisarna@Hiša.si', taxNumber: 'si 12345679' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ name: 'Hiša & dom d.o.o.', street: 'Dunajska cesta 1', town: '2000 Maribor', phone: '+386 2 123 45 67' },
      ...{ email: 'pisarna@xn--hia-1za.si', taxNumber: 'SI12345679' },
    });
    expect(await settings()).toEqual(body);
    expect(await deeds()).toEqual([
      {
        ...{ action: 'manager.changed', subjectId: managerId },
        details: { changed: 'email name phone street taxNumber town' },
      },
    ]);
  });

  it('are what residents find their manager by', async () => {
    await update({ name: 'Čisto drugo ime', town: '6000 Koper' });
    const search = async (text: string) =>
      (await server.api(listManagers, { token: admin.token, query: { search: text } })).body.items.map(({ id }) => id);
    expect(await search('cisto koper')).toContain(managerId);
    expect(await search('Vzorec Ljubljana')).not.toContain(managerId);
  });

  it('may be without an address, a phone and a tax number', async () => {
    const { body } = await update({ email: null, phone: null, taxNumber: null });
    expect(body).toMatchObject({ email: null, phone: null, taxNumber: null });
  });

  it.each([
    [{ name: ' ' }, 'name', 'required'],
    [{ street: '' }, 'street', 'required'],
    [{ town: 'Ljubljana' }, 'town', 'town'],
    [{ town: '1000' }, 'town', 'town'],
    [{ email: 'pisarna' }, 'email', 'email'],
    [{ phone: 'pokličite' }, 'phone', 'phone'],
    [{ taxNumber: '1234' }, 'taxNumber', 'tax_number'],
    [{ mailSignature: 'x'.repeat(201) }, 'mailSignature', 'too_long'],
    [{ mailSlipText: 'Vrstica\u202e' }, 'mailSlipText', 'invisible_characters'],
  ])('are not changed to %j', async (wrong, path, rule) => {
    const before = await settings();
    const { status, problem } = await update({ slipNote: 'Opomba', ...wrong });
    expect([status, problem.fields]).toEqual([400, [{ path, rule }]]);
    expect([await settings(), await deeds()]).toEqual([before, []]);
  });

  it("are the manager's own, and no clerk changes them", async () => {
    const clerk = await createStaff(server.db, managerId, 'clerk');
    const stranger = await createStaff(server.db, (await createManager(server.db)).id, 'admin');
    for (const { token } of [clerk, stranger]) {
      const answer = await server.api(updateManagerSettings, { token, query: { managerId }, body: { name: 'Moj' } });
      expect([answer.status, answer.problem.code]).toEqual([403, 'forbidden']);
    }
    expect((await settings()).name).toBe('Upravnik Vzorec');
  });
});

describe('another account for payments', () => {
  const iban = 'SI56990000012345646';

  it.each([
    [{}, 400, 'invalid_request'],
    [{ password: 'Napacno-geslo-7' }, 422, 'wrong_password'],
  ])('is not set with the proof %j', async (proof, status, code) => {
    const answer = await update({ iban, ...proof });
    expect([answer.status, answer.problem.code]).toEqual([status, code]);
    expect((await settings()).iban).toBe('SI56020170014356205');
    expect([await deeds(), await Mail.query(server.db).where({ manager_id: managerId })]).toEqual([[], []]);
  });

  it('is told to every admin, in the own language, and to nobody else', async () => {
    const english = await createStaff(server.db, managerId, 'admin');
    await server.db('accounts').where({ id: english.account.id }).update({ language: 'en' });
    await createStaff(server.db, managerId, 'clerk');
    await createStaff(server.db, (await createManager(server.db)).id, 'admin');
    expect((await update({ iban, password })).status).toBe(200);
    const mails = await Mail.query(server.db).where({ kind: 'iban-changed', manager_id: managerId });
    expect(mails.map(({ toAddress }) => toAddress).sort()).toEqual([admin.account.email, english.account.email].sort());
    for (const { text } of mails) for (const shown of ['SI56 9900 0001 2345 646', 'SI56 0201 7001 4356 205', 'Živa Čebašek']) expect(text).toContain(shown); // prettier-ignore
    expect(mails.map(({ subject }) => subject).sort()).toEqual(['New account for payments: Upravnik Vzorec', 'Nov račun za plačila: Upravnik Vzorec']); // prettier-ignore
    expect((await deeds())[0]?.details).toMatchObject({ iban, ibanBefore: 'SI56020170014356205' });
  });

  it('needs no password when it is the same, and leaves both on the list when it is not', async () => {
    expect((await update({ iban: 'si56 0201 7001 4356 205', slipNote: 'Opomba' })).status).toBe(200);
    expect(await Mail.query(server.db).where({ kind: 'iban-changed', manager_id: managerId })).toEqual([]);
    const { body } = await update({ iban, password });
    expect(body.ibans).toEqual([
      { iban, name: '', isDefault: true },
      { iban: 'SI56020170014356205', name: '', isDefault: false },
    ]);
  });

  it('is not put back without the password by who has not seen that it was changed', async () => {
    let updating: ReturnType<typeof update> | undefined;
    await transaction(server.db, async (trx) => {
      await trx('managers').where({ id: managerId }).update({ iban });
      updating = update({ iban: 'SI56020170014356205', slipNote: 'Opomba' });
      // Time enough to read the account as it was, if nothing kept it waiting.
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    expect((await updating)?.problem.fields).toEqual([{ path: 'password', rule: 'required' }]);
    expect(await settings()).toMatchObject({ iban, slipNote: '' });
  });

  it('cannot be guessed the password for', async () => {
    const codes: string[] = [];
    for (let turn = 0; turn < 7; turn++) codes.push((await update({ iban, password: `Napacno-${turn}` })).problem.code);
    expect(codes.at(-1)).toBe('rate_limited');
    expect((await update({ iban, password })).problem.code).toBe('rate_limited');
  });
});

describe("the manager's accounts for payments", () => {
  const fund = 'SI56191000000123438';
  const name = (iban: string, called: string) =>
    server.api(nameIban, { token: admin.token, body: { iban, name: called } });
  const remove = (iban: string) => server.api(removeIban, { token: admin.token, body: { iban } });

  it('are added, renamed and removed, which leaves where money goes as it is', async () => {
    expect((await name(fund, ' Rezervni  sklad ')).body.ibans).toEqual([
      { iban: 'SI56020170014356205', name: '', isDefault: true },
      { iban: fund, name: 'Rezervni sklad', isDefault: false },
    ]);
    await name(fund, 'Rezervni sklad');
    expect((await name(fund, 'Sklad')).body.ibans[1]).toMatchObject({ name: 'Sklad' });
    expect((await name('SI56020170014356205', 'Obratovalni')).body.ibans[0]).toMatchObject({ name: 'Obratovalni' });
    expect((await remove(fund)).body.ibans).toHaveLength(1);
    expect((await settings()).iban).toBe('SI56020170014356205');
    expect((await deeds()).map(({ action, subjectId }) => `${action} ${subjectId}`)).toEqual([
      ...[`iban.added ${fund}`, `iban.renamed ${fund}`, 'iban.renamed SI56020170014356205', `iban.removed ${fund}`],
    ]);
  });

  it('refuse what is no account, what is not there, and to lose the one that money goes to', async () => {
    expect((await name('SI56020170014356206', 'Napačen')).problem.fields).toEqual([{ path: 'iban', rule: 'iban' }]);
    expect((await remove(fund)).problem.code).toBe('not_found');
    expect((await remove('SI56020170014356205')).problem.code).toBe('default_iban');
    expect(await deeds()).toEqual([]);
  });

  it('are few', async () => {
    const rows = Array.from({ length: 50 }, (_, index) => ({
      ...{ manager_id: managerId, iban: `SI00${String(index).padStart(15, '0')}`, name: String(index) },
    }));
    await server.db('manager_ibans').insert(rows);
    expect((await name(fund, 'Sklad')).problem.fields).toEqual([{ path: 'iban', rule: 'too_many' }]);
  });
});

describe("the manager's host names", () => {
  const add = (host: string) => server.api(addHost, { token: admin.token, body: { host } });
  const main = (host: string) => server.api(makeHostMain, { token: admin.token, body: { host } });
  const remove = (host: string) => server.api(removeHost, { token: admin.token, body: { host } });
  /** fetch does not let anybody choose the Host header. */
  const seenAt = (host: string): Promise<string | null> =>
    new Promise((resolve, reject) => {
      request(`${server.url}${pathOf(getPortal)}`, { headers: { host } }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve((JSON.parse(text) as { manager: { id: string } | null }).manager?.id ?? null));
      })
        .on('error', reject)
        .end();
    });
  const own = (name: string): string => `${name}-${managerId.slice(0, 8)}.example`;

  it('are added, in the form that name servers know, and the first one is the main one', async () => {
    const { status, body } = await add(` HTTPS://Portal.Hiša-${managerId.slice(0, 8)}.si/ `);
    expect([status, body.hosts.map(({ isMain }) => isMain)]).toEqual([201, [true]]);
    expect(body.hosts[0]?.host).toMatch(/^portal\.xn--[a-z0-9-]+\.si$/);
    expect((await add(own('a'))).body.hosts).toHaveLength(2);
    expect((await add(own('a'))).body.hosts, 'twice is once').toHaveLength(2);
    expect((await deeds()).map(({ action }) => action)).toEqual(['host.added', 'host.added']);
  });

  it('choose one that mails and letters name', async () => {
    for (const name of ['b', 'c', 'a']) await add(own(name));
    const address = () => portalAddressOf(server.db, 'https://skupni.example:8443', managerId);
    expect((await main(own('c'))).body.hosts).toEqual([
      { host: own('c'), isMain: true },
      { host: own('a'), isMain: false },
      { host: own('b'), isMain: false },
    ]);
    expect(await address()).toBe(`https://${own('c')}:8443`);
    expect((await deeds()).at(-1)).toMatchObject({ action: 'host.made_main', details: { host: own('c') } });
  });

  it('are removed, but for the main one, so that one always stays', async () => {
    for (const name of ['a', 'b']) await add(own(name));
    await main(own('b'));
    expect((await remove(own('b'))).problem.code).toBe('main_host');
    expect((await remove(own('a'))).body.hosts).toEqual([{ host: own('b'), isMain: true }]);
    expect((await remove(own('b'))).problem.code).toBe('main_host');
    expect((await remove(own('a'))).problem.code).toBe('not_found');
  });

  it('are where the portal is the manager’s, until they are removed', async () => {
    for (const name of ['a', 'b']) await add(own(name));
    await createManagerHost(server.db, (await createManager(server.db)).id, own('drugi'));
    expect(await seenAt(own('b'))).toBe(managerId);
    await remove(own('b'));
    expect(await seenAt(own('b'))).toBeNull();
  });

  it("are never another manager's, nor the address that all have together", async () => {
    const other = await createManager(server.db);
    await createManagerHost(server.db, other.id, own('tuji'));
    const common = new URL(server.services.config.publicUrl).hostname;
    expect([(await add(own('tuji'))).problem.code, common]).toEqual(['host_taken', '127.0.0.1']);
    for (const change of [main, remove]) expect((await change(own('tuji'))).problem.code).toBe('not_found');
    expect(await seenAt(own('tuji'))).toBe(other.id);
    expect(await deeds()).toEqual([]);
  });

  it('are taken by one of two who want it at once', async () => {
    const other = await createPerson(server, async ({ id }) =>
      createStaffRole(server.db, (await createManager(server.db)).id, id, 'admin'),
    );
    const answers = await Promise.all(
      [admin, other].map(({ token }) => server.api(addHost, { token, body: { host: own('isti') } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it.each(['', 'localhost', '192.168.1.10', '::1', 'portal', 'a b.si', 'portal_vzorec.si', '-a.si', 'portal.si:8080', 'portal.si/vhod', 'x'.repeat(64) + '.si', 'kdo@portal.si', '<script>.si', '1.2.3'])(
    'are not %j',
    async (host) => {
      const { status, problem } = await add(host);
      expect([status, problem.fields?.[0]?.path]).toEqual([400, 'host']);
    },
  ); // prettier-ignore
});

describe("the manager's words in mails", () => {
  const words = { mailWelcomeText: 'Veseli nas, da ste tu!', mailSlipText: '<b>Nova</b> cena & voda', mailSignature: 'Uradne ure: 8–15' }; // prettier-ignore

  it.each([
    ['welcome', 'Veseli nas, da ste tu!', '<b>Nova</b> cena & voda'],
    ['new-slip', '<b>Nova</b> cena & voda', 'Veseli nas'],
    ['slip-pdf', '<b>Nova</b> cena & voda', 'Veseli nas'],
  ] as const)('head %s in its preview and stand under it, before they are saved', async (kind, own, foreign) => {
    for (const language of ['sl', 'en'] as const) {
      const { body } = await server.api(previewMail, { token: admin.token, body: { kind, language, ...words } });
      const paragraphs = body.text.trimEnd().split('\n\n');
      expect(paragraphs[1]).toBe(own);
      expect(paragraphs.at(-1)?.split('\n').at(-1)).toBe('Uradne ure: 8–15');
      expect(body.text).not.toContain(foreign);
      expect(body.subject).toContain('Upravnik Vzorec');
    }
    expect((await settings()).mailSlipText).toBe('');
  });

  it('are saved, and taken away again', async () => {
    expect((await update(words)).body).toMatchObject(words);
    expect((await update({ mailSlipText: '' })).body).toMatchObject({ ...words, mailSlipText: '' });
    expect((await deeds()).map(({ details }) => details['changed'])).toEqual([
      ...['mailSignature mailSlipText mailWelcomeText', 'mailSlipText'],
    ]);
  });
});
