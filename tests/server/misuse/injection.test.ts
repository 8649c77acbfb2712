import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addPayer } from '../../../contract/account-payers.ts';
import { changeEmail, updateAccount } from '../../../contract/account.ts';
import { requestPasswordReset } from '../../../contract/password-resets.ts';
import { createRegistration } from '../../../contract/registrations.ts';
import { createSession } from '../../../contract/session.ts';
import { inviteStaff } from '../../../contract/staff.ts';
import { createLogger } from '../../../server/logger.ts';
import { nothingAttached } from '../../../server/mail/attachments.ts';
import { createSender } from '../../../server/mail/sender.ts';
import { fileTransport } from '../../../server/mail/transport.ts';
import { AuditEntry } from '../../../server/models/audit-entry.ts';
import { createManager, createPayer, createSlipPassword, createStaff } from '../../helpers/factories.ts';
import { password } from '../../helpers/planted.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';

/** What people write into forms, and programs into headers, ends up in mails, in the log and in the trail: as text. */
let server: TestServer;
let managerId: string;
let folder: string;
const lines: string[] = [];

beforeAll(async () => {
  const logger = createLogger('debug', { write: (line) => void lines.push(line) });
  server = await startTestServer({ logger, config: { trustedProxies: ['127.0.0.1'] } });
  managerId = (await createManager(server.db, { name: 'Upravnik <b>"&\'</b>, =?utf-8?q?x?= d.o.o.' })).id;
});

beforeEach(async () => {
  await server.db('rate_limits').del();
  await server.db('mails').del();
  lines.length = 0;
});

afterAll(() => server.close());

let unique = 0;
const newEmail = () => `nova-${(unique += 1)}@example.si`;

async function register(given: object = {}, headers: Record<string, string> = {}) {
  const payer = await createPayer(server.db, managerId);
  const slipPassword = await createSlipPassword(server.services, payer);
  const person = { firstName: 'Živa', lastName: 'Čebašek', email: newEmail(), password };
  const body = { managerId, payerCode: payer.code, slipPassword, ...person, ...given };
  return server.api(createRegistration, { body, headers });
}

const signIn = (email: string, given: object = {}, headers: Record<string, string> = {}) =>
  server.api(createSession, { body: { email, password, takeOver: true, ...given }, headers });

/** All mails of the outbox, as a mail program reads what was sent. */
async function mailsSent() {
  folder = await mkdtemp(join(tmpdir(), 'iiportal-mails-'));
  try {
    const { clock, db, logger } = server.services;
    const transport = fileTransport(folder, 'iiPortal <portal@upravnik.example>');
    await createSender({ clock, db, logger, random: () => 0.5, transport, attachmentsOf: nothingAttached }).sendDue();
    const files = (await readdir(folder)).map((name) => readFile(join(folder, name)));
    return await Promise.all(
      files.map(async (raw) => ({ raw: String(await raw), parsed: await PostalMime.parse(await raw) })),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

const headersOfAMail = [
  ...['from', 'to', 'reply-to', 'subject', 'message-id', 'date', 'mime-version', 'content-type', 'content-language'],
  ...['auto-submitted', 'x-auto-response-suppress', 'content-transfer-encoding'],
];

const names = [
  '<script>alert(1)</script>',
  '"; Bcc: vsi@example.si',
  'Bcc: vsi@example.si',
  '=?utf-8?B?xIw=?= =?utf-8?Q?=0D=0ABcc:_x?=',
  'a@b.si, c@d.si; <e@f.si>',
  '${7*7} {{7*7}} %0d%0aBcc:x',
  "O'Brien-Čebašek & sinovi",
  '👩‍👩'.replace('\u200d', '') + '🧑🏽 Ж 漢',
  'Č'.repeat(60),
];

describe('a name', () => {
  it.each(names)('of %j is text in every mail', async (firstName) => {
    const email = newEmail();
    expect((await register({ firstName, lastName: firstName, email })).status).toBe(201);
    const { token } = (await signIn(email)).body;
    expect((await server.api(updateAccount, { token, body: { firstName } })).status).toBe(200);
    await server.api(changeEmail, { token, body: { email: newEmail(), password } });
    const mails = await mailsSent();
    expect(mails).toHaveLength(2);
    for (const { raw, parsed } of mails) {
      expect(parsed.headers.map(({ key }) => key).filter((key) => !headersOfAMail.includes(key))).toEqual([]);
      expect(parsed.to?.map(({ address }) => address)).toHaveLength(1);
      expect(parsed.to?.[0]?.address).toMatch(/^nova-\d+@example\.si$/);
      expect([parsed.cc, parsed.bcc]).toEqual([undefined, undefined]);
      expect(parsed.text).toContain(firstName);
      expect(parsed.html).not.toMatch(/<script|<b>/);
      expect(raw.split(/\r?\n\r?\n/, 1)[0]).toMatch(/^[\t\r\n -~]*$/);
    }
  });

  const invisible = [
    '\r\nBcc: vsi@example.si',
    '\u0000',
    '\u202e',
    '\u200b',
    '\ud800',
    '\u2028',
    '\u{e0041}',
    '\u3164',
    '\u009b31m',
  ];

  it.each(invisible)('with %j in it is refused, wherever it comes in', async (piece) => {
    for (const field of ['firstName', 'lastName', 'email']) {
      const value = field === 'email' ? `a${piece}@example.si` : `Ana${piece}`;
      const { status, problem } = await register({ [field]: value });
      expect([status, problem?.fields]).toEqual([400, [{ path: field, rule: 'invisible_characters' }]]);
    }
    const { status } = await signIn('a@example.si', { device: `Windows${piece}` });
    expect(status).toBe(400);
    expect(await mailsSent()).toEqual([]);
  });
});

describe('an e-mail address', () => {
  it.each([
    ['ANA.Ž@example.si', 400],
    ['Ana.Velika@EXAMPLE.si', 201, 'ana.velika@example.si'],
    ['ana+slipi@example.si', 201, 'ana+slipi@example.si'],
    [' ana.presledek@example.si ', 201, 'ana.presledek@example.si'],
    ['ana@Čebela-Žlica.SI', 201, 'ana@xn--ebela-lica-ljb67k.si'],
    ['ana@example.si.', 400],
    ['"ana novak"@example.si', 400],
    ['"ana\\"@evil.si"@example.si', 400],
    ['Ana <ana@example.si>', 400],
    ['ana@example.si,vsi@example.si', 400],
    ['ana@example.si\nBcc:vsi@example.si', 400],
    ['ana@[127.0.0.1]', 400],
    ['ana@localhost', 400],
    ['ana@ex\u00adample.si', 400],
  ])('%j is answered %i, and is one account however it is written', async (email, status, kept?: string) => {
    const answer = await register({ email });
    expect(answer.status).toBe(status);
    if (kept === undefined) return;
    const [mail] = await mailsSent();
    expect(mail?.parsed.to?.map(({ address }) => address)).toEqual([kept]);
    for (const written of [email, kept, kept.toUpperCase()]) expect((await signIn(written)).status).toBe(201);
    expect((await register({ email: kept.toUpperCase() })).problem?.code).toBe('email_taken');
  });

  it('with another plus sign is another one', async () => {
    for (const email of ['plus@example.si', 'plus+1@example.si', 'plus+2@example.si']) {
      expect((await register({ email })).status).toBe(201);
    }
  });
});

describe('a password of emoji', () => {
  it('is counted by what one sees, and signs in', async () => {
    const email = newEmail();
    expect((await register({ email, password: '🙂🙃😀😎Ab1' })).problem?.fields).toEqual([
      { path: 'password', rule: 'length' },
    ]);
    const good = '🙂🙃😀😎🤖Ab1';
    expect((await register({ email, password: good })).status).toBe(201);
    expect((await signIn(email, { password: good })).status).toBe(201);
    expect((await signIn(email, { password: '🙂🙃😀😎👾Ab1' })).status).toBe(401);
    const long = `${'🙂🙃😀😎🤖'.repeat(15)}Ab1`;
    const another = newEmail();
    expect((await register({ email: another, password: long })).status).toBe(201);
    expect((await signIn(another, { password: long })).status).toBe(201);
    expect((await signIn(another, { password: long.replace('🤖Ab1', '👾Ab1') })).status).toBe(401);
  });
});

describe('the log and the trail', () => {
  const forged = '{"level":60,"msg":"forged"}';
  const hostileHeaders: Record<string, string>[] = [
    { 'User-Agent': `x ${forged}`, Referer: forged, 'X-Request-Id': forged, Cookie: forged },
    { 'X-Forwarded-For': `${forged}, 1.2.3.4` },
    { 'X-Forwarded-For': '<script>' },
    { 'X-Forwarded-For': `fe80::1%${'a'.repeat(8_000)}` },
    { 'X-Forwarded-For': `fe80::1%x.y-z, 10.0.0.1`, Forwarded: 'for=1.2.3.4' },
    { 'X-Forwarded-For': ',,, ,' },
    { 'X-Forwarded-For': Array<string>(1_000).fill('1.2.3.4').join() },
    { 'X-Forwarded-Host': forged, 'X-Forwarded-Proto': forged },
    { Host: 'x' },
  ];

  it.each(hostileHeaders)('hold one line for each request, whatever the headers say: %j', async (headers) => {
    await signIn('nikogar@example.si', { password: 'Napacno-geslo-7', device: forged }, headers);
    await server.api(requestPasswordReset, { body: { email: newEmail() }, headers });
    await fetch(`${server.url}/%0a${encodeURIComponent(forged)}%1b[31m%e2%80%ae`, { headers });
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      expect(line).toMatch(/^[ -~]*\n$/);
      expect(JSON.parse(line)).toMatchObject({ msg: 'request', level: 30 });
    }
    const [deed] = await AuditEntry.query(server.db).orderBy('seq', 'desc').limit(1);
    expect(deed?.action).toBe('session.refused');
    expect(deed?.address).toMatch(/^[0-9a-f.:]{3,39}$/);
  });

  it('hold no secret, no address and no name of what was sent', async () => {
    const email = newEmail();
    const payer = await createPayer(server.db, managerId);
    const slipPassword = await createSlipPassword(server.services, payer);
    await register({ email, firstName: 'Skrivnica', slipPassword, payerCode: payer.code });
    const { token } = (await signIn(email, { secondFactor: '123456', device: 'PISARNA-3' })).body;
    await signIn(email, { password: 'Napacno-geslo-7' });
    await server.api(addPayer, { token, body: { managerId, payerCode: payer.code, slipPassword } });
    const admin = await createStaff(server.db, managerId, 'admin');
    await server.api(inviteStaff, { token: admin.token, body: { email: 'vabljena@example.si', role: 'clerk' } });
    expect(lines.length).toBeGreaterThan(4);
    const trail = JSON.stringify(await AuditEntry.query(server.db));
    const secrets = [
      password,
      'Napacno-geslo-7',
      slipPassword,
      token,
      admin.token,
      '123456',
      email,
      'Skrivnica',
      'vabljena@',
      'PISARNA',
    ];
    for (const secret of secrets) {
      expect(lines.join('')).not.toContain(secret);
      expect(trail).not.toContain(secret);
    }
  });
});
