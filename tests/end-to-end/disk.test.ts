import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { aManager, aSlip, anAccount, json, sessionOf, startPortalStandIn } from '../helpers/portal-stand-in.ts';
import { mountSmallDisk, whyNoSmallDisk, type SmallDisk } from '../helpers/small-disk.ts';
import { createApp } from './app.ts';
import { choosePortal, menu, signIn } from './screens.ts';

/* The real program, whose folder lies on a disk that takes nothing any more. */

const megabytes = 48;
const payerId = 'e'.repeat(32);
const managerName = 'Upravnik Vzorec d.o.o.';
const summary = {
  ...{ id: aSlip, number: 'R-17', period: '2026-10', issueDate: '2026-11-05', dueDate: '2026-11-20', totalCents: 8432 },
  ...{ managerId: aManager, managerName, payerId, payerCode: '104217', channel: 'email' },
};

async function startPortal() {
  const portal = await startPortalStandIn();
  const payers = [{ id: payerId, code: '104217', name: 'Ana Novak', managerId: aManager, managerName }];
  const session = { ...sessionOf(anAccount), payers };
  portal.answer('POST /session', (_, response) => json(response, 201, { token: 'token-1', session }));
  portal.answer('GET /session', (_, response) => json(response, 200, session));
  portal.answer('GET /slips', (_, response) => json(response, 200, { items: [summary], nextCursor: null }));
  portal.answer('GET /slip-years', (_, response) => json(response, 200, { items: [{ year: 2026, slips: 1 }] }));
  return portal;
}

const why = await whyNoSmallDisk();
if (why) process.stdout.write(`A full and a read-only disk are not tried with the real program: ${why}.\n`);

interface Fault {
  readonly words: RegExp;
  readonly begin: (disk: SmallDisk) => Promise<void>;
  readonly end: (disk: SmallDisk) => Promise<void>;
}

const faults: Record<string, Fault> = {
  full: {
    words: /Na disku tega računalnika ni več prostora/,
    begin: (disk) => disk.fill(),
    end: (disk) => disk.makeRoom(),
  },
  'read-only': {
    words: /Program ne more pisati v svojo mapo/,
    begin: (disk) => disk.setReadOnly(true),
    end: (disk) => disk.setReadOnly(false),
  },
};

it.skipIf(why !== null).each(Object.keys(faults))(
  'starts on a disk that is %s, says so in one sentence, and loses nothing',
  async (kind) => {
    const { words, begin, end } = faults[kind]!;
    const portal = await startPortal();
    const disk = await mountSmallDisk(megabytes);
    const app = await createApp({}, disk.folder);
    onTestFinished(() => app.remove());
    const settings = () => readFile(join(app.profile, 'settings.json'), 'utf8');
    const notice = () => app.page.getByRole('status').filter({ hasText: words });
    const showsSlips = async () => {
      await menu(app.page, 'Razdelilniki').click();
      await app.page.getByText('oktober 2026').first().waitFor();
    };

    await choosePortal(await app.open(), portal.origin);
    await signIn(app.page, 'ana@primer.si', 'Geslo123!');
    await showsSlips();
    await app.close();
    const before = await settings();
    await begin(disk);
    await portal.stop();

    // What was there is shown, also without a connection.
    await app.open();
    await notice().waitFor();
    await showsSlips();
    expect(await app.page.evaluate(() => window.desktop.keeping.status())).toMatchObject({ keychain: 'available' });
    await app.close();
    expect(await settings()).toBe(before);

    await portal.start();
    await app.open();
    await showsSlips();
    await end(disk);
    await app.page.getByRole('button', { name: 'Poskusi znova' }).click();
    await notice().waitFor({ state: 'hidden' });
    await app.close();

    await app.open();
    await showsSlips();
    expect(await notice().count()).toBe(0);
    expect(portal.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  },
);
