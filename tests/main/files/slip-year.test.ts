import { randomBytes } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { channels } from '../../../contract/desktop/channels.ts';
import { FakeKeytar } from '../../helpers/fake-keytar.ts';
import { startMainProcess } from '../../helpers/main-process.ts';
import { problem, startPortalStandIn } from '../../helpers/portal-stand-in.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

const operation = 'GET /slip-years/2026/zip';
const fileName = 'razdelilniki-2026.zip';
const payerId = '0123456789abcdef0123456789abcdef';
const zip = Buffer.concat([Buffer.from('PK\u0003\u0004'), randomBytes(2_000_000)]);

async function setUp() {
  const portal = await startPortalStandIn();
  const folder = await temporaryFolder();
  const main = await startMainProcess({
    userData: await temporaryFolder(),
    keytar: new FakeKeytar(),
    portal: portal.origin,
    askWhere: (suggestion) => join(folder, suggestion.fileName),
  });
  await main.send(channels.signIn, { email: 'ana@primer.si', password: 'x' });
  const save = (more: object = {}) => main.send(channels.saveSlipYear, { year: 2026, fileName, ...more });
  return { portal, folder, main, save };
}

describe("a year's slips", () => {
  test('are streamed to where the person says, of one payer or all', async () => {
    const { portal, folder, save } = await setUp();
    portal.answer(operation, (_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/zip' }).end(zip);
    });
    expect(await save()).toEqual({ ok: true, value: { saved: true, fileName } });
    expect((await readFile(join(folder, fileName))).equals(zip)).toBe(true);
    await save({ payerId });
    const asked = portal.requests.filter(({ url }) => url.includes('slip-years'));
    expect(asked.map(({ url }) => url)).toEqual([
      '/api/v1/slip-years/2026/zip',
      `/api/v1/slip-years/2026/zip?payerId=${payerId}`,
    ]);
    expect(asked[0]?.headers.authorization).toBe('Bearer token-1');
  });

  test('tell how much has come, and can be called off: half a ZIP does not stay', async () => {
    const { portal, folder, main, save } = await setUp();
    portal.answer(operation, (_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/zip' }).write(zip.subarray(0, 1_000_000));
      setTimeout(() => response.write(zip.subarray(1_000_000, 1_100_000)), 300);
    });
    const saving = save();
    await expect.poll(() => main.saving.length).toBeGreaterThan(1);
    expect(main.saving.at(-1)?.bytes).toBeGreaterThan(10_000);
    await main.send(channels.cancelSlipYear);
    expect(await saving).toMatchObject({ ok: false, problem: { code: 'cancelled' } });
    expect(await readdir(folder)).toEqual([]);
  });

  test('can be called off before anything has come', async () => {
    const { portal, folder, main, save } = await setUp();
    portal.answer(operation, () => undefined);
    const saving = save();
    await sleep(50);
    await main.send(channels.cancelSlipYear);
    expect(await saving).toMatchObject({ ok: false, problem: { code: 'cancelled' } });
    expect(await readdir(folder)).toEqual([]);
  });

  test('that are not there, or too many times, are told', async () => {
    const { portal, folder, save } = await setUp();
    for (const code of ['not_found', 'rate_limited', 'forbidden'] as const) {
      portal.answer(operation, (_, response) => problem(response, code));
      expect(await save()).toMatchObject({ problem: { code } });
    }
    expect(await readdir(folder)).toEqual([]);
  });
});
