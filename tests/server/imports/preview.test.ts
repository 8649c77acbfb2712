import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  confirmImport,
  getImportPreview,
  listPreviewedBuildings,
  listPreviewedPayers,
  listPreviewedSlips,
  publishImport,
} from '../../../contract/imports.ts';
import { isOutlier } from '../../../server/modules/imports/preview/outliers.ts';
import { billingFile, slipRow, type TestRow } from '../../helpers/billing-file.ts';
import { createOffice, type Office } from '../../helpers/imports.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';

let server: TestServer;
let office: Office;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  office = await createOffice(server);
});

const plain = { osnova: '', ddv: '', ddv_stopnja: '' };
const september = (index: number, given: TestRow = {}): TestRow =>
  slipRow(index, {
    ...{ ...plain, racun: String(9_000 + index), obdobje: '2026-09', znesek: '50,00' },
    ...{ datum_izdaje: '12. 10. 2026', rok_placila: '31. 10. 2026', ...given },
  });
const october = (index: number, given: TestRow = {}): TestRow =>
  slipRow(index, { ...plain, znesek: '50,00', ...given });

async function published(rows: readonly TestRow[]): Promise<void> {
  const { id, state } = await office.import(billingFile(rows));
  expect(state).toBe('draft');
  expect((await server.api(publishImport, { token: office.token, params: { id } })).status).toBe(200);
}

async function checked(rows: readonly TestRow[]) {
  const { id, state } = await office.check(billingFile(rows));
  expect(state).toBe('checked');
  const asked = { token: office.token, params: { id } };
  return {
    id,
    numbers: (await server.api(getImportPreview, asked)).body,
    buildings: async (query: { outliers?: 'true'; limit?: string; cursor?: string } = {}) =>
      (await server.api(listPreviewedBuildings, { ...asked, query: query })).body,
    payers: async (kind: 'new' | 'changed' | 'vanished', query: Record<string, string> = {}) =>
      (await server.api(listPreviewedPayers, { ...asked, query: { kind, ...query } })).body,
    slips: async (query: Record<string, string> = {}) =>
      (await server.api(listPreviewedSlips, { ...asked, query: query })).body,
  };
}

describe('the preview of a first month', () => {
  it('says that all is new, and compares nothing', async () => {
    const { numbers, buildings, payers, slips } = await checked([
      october(0),
      october(1),
      october(1, { postavka: 'Voda' }),
    ]);
    expect(numbers).toMatchObject({
      periods: [{ period: '2026-10', slips: 2, cents: 15_000, beforeCents: null, before: null, isOutlier: false }],
      payers: { new: 2, changed: 0, unchanged: 0, vanished: 0 },
      slips: { new: 2, replaced: 0, outliers: 0 },
      buildings: 1,
      outlierBuildings: 0,
      items: [
        { description: 'Upravljanje', cents: 10_000, beforeCents: null, count: 2, isOutlier: false },
        { description: 'Voda', cents: 5_000, beforeCents: null, count: 1, isOutlier: false },
      ],
    });
    expect((await buildings()).items).toMatchObject([{ cents: 15_000, beforeCents: null, items: [{}, {}] }]);
    expect((await payers('new')).items).toEqual([
      { code: '104217', name: 'Plačnik 0', changes: [], totalCents: 5_000 },
      { code: '104218', name: 'Plačnik 1', changes: [], totalCents: 10_000 },
    ]);
    expect((await slips()).items).toMatchObject([
      { number: '26100001', payerName: 'Plačnik 0', cents: 5_000, beforeCents: null, isReplacing: false },
      { number: '26100002', cents: 10_000 },
    ]);
    for (const table of ['payers', 'slips', 'billing_runs', 'units', 'buildings']) {
      expect(await server.db(table).where({ manager_id: office.manager.id })).toEqual([]);
    }
  });
});

describe('the preview beside the month before', () => {
  it('tells new, changed, unchanged and vanished payers apart', async () => {
    await published([september(0), september(1), september(2), september(3)]);
    const { numbers, payers } = await checked([
      october(0),
      october(1, { naslov: 'Nova ulica 8', e_posta: '', placnik: 'Plačnik Ena' }),
      october(2, { e_posta: 'dva@example.si', e_racun: 'email' }),
      october(9),
    ]);
    expect(numbers.payers).toEqual({ new: 1, changed: 2, unchanged: 1, vanished: 1 });
    expect((await payers('changed')).items).toMatchObject([
      {
        code: '104218',
        name: 'Plačnik Ena',
        changes: [
          { field: 'placnik', before: 'Plačnik 1', after: 'Plačnik Ena' },
          { field: 'naslov', before: 'Šišenska cesta 5', after: 'Nova ulica 8' },
        ],
      },
      {
        code: '104219',
        changes: [
          { field: 'e_posta', before: '', after: 'dva@example.si' },
          { field: 'e_racun', before: 'none', after: 'email' },
        ],
      },
    ]);
    expect((await payers('new')).items).toMatchObject([{ code: '104226' }]);
    expect((await payers('vanished')).items).toEqual([
      { code: '104220', name: 'Plačnik 3', changes: [], totalCents: 5_000 },
    ]);
  });

  it('marks slips, items, buildings and totals that are far off', async () => {
    const far = { stavba: 'Daljna ulica 2' };
    await published([
      ...[september(0), september(1, { znesek: '60,00' }), september(2)],
      ...[september(3, far), september(3, { ...far, postavka: 'Dvigalo', znesek: '90,00' })],
    ]);
    const { numbers, buildings, slips } = await checked([
      ...[october(0, { znesek: '65,00' }), october(1, { znesek: '85,00' }), october(2)],
      october(3, far),
    ]);
    expect(numbers.periods).toMatchObject([
      { cents: 25_000, beforeCents: 30_000, isOutlier: false, slips: 4, before: { period: '2026-09', slips: 4 } },
    ]);
    expect(numbers).toMatchObject({ buildings: 2, outlierBuildings: 1, slips: { outliers: 2 } });
    expect(numbers.items).toMatchObject([
      { description: 'Dvigalo', cents: 0, beforeCents: 9_000, count: 0, isOutlier: true },
      { description: 'Upravljanje', isOutlier: false },
    ]);
    expect((await buildings()).items).toMatchObject([
      {
        building: 'Daljna ulica 2',
        cents: 5_000,
        beforeCents: 14_000,
        isOutlier: true,
        items: [{ description: 'Dvigalo' }, {}],
      },
      { building: 'Šišenska cesta 5', cents: 20_000, beforeCents: 16_000, isOutlier: false },
    ]);
    expect((await buildings({ outliers: 'true' })).items).toHaveLength(1);
    expect((await slips({ only: 'outliers' })).items).toMatchObject([
      { number: '26100002', cents: 8_500, beforeCents: 6_000, isOutlier: true },
      { number: '26100004', cents: 5_000, beforeCents: 14_000 },
    ]);
  });

  it('does not miss the buildings that other files of the month have brought', async () => {
    const other = { stavba: 'Daljna ulica 2' };
    await published([september(0), september(1, other)]);
    await office.import(billingFile([october(1, other)]));
    const { numbers } = await checked([october(0)]);
    expect(numbers.periods).toMatchObject([{ cents: 5_000, beforeCents: 5_000, before: { slips: 1 } }]);
    expect(numbers.payers.vanished).toBe(0);
    expect(numbers.outlierBuildings).toBe(0);
  });

  it('says which drafts are replaced', async () => {
    await office.import(billingFile([october(0), october(1)]));
    const { numbers, slips } = await checked([october(1, { znesek: '51,00' }), october(2)]);
    expect(numbers.slips).toEqual({ new: 1, replaced: 1, outliers: 0 });
    expect((await slips({ only: 'replacing' })).items).toMatchObject([{ number: '26100002', isReplacing: true }]);
  });

  it('goes page by page without losing or doubling anything', async () => {
    const many = Array.from({ length: 7 }, (_, index) => index);
    const { payers, slips, buildings } = await checked(
      many.map((index) => october(index, { stavba: `Ulica ${index}` })),
    );
    const all = async <Row>(ask: (cursor: string | null) => Promise<{ items: Row[]; nextCursor: string | null }>) => {
      const rows: Row[] = [];
      for (let cursor: string | null = null; ;) {
        const page: { items: Row[]; nextCursor: string | null } = await ask(cursor);
        rows.push(...page.items);
        if (page.nextCursor === null) return rows;
        cursor = page.nextCursor;
      }
    };
    const next = (cursor: string | null) => ({ limit: '3', ...(cursor === null ? {} : { cursor }) });
    const codes = await all((cursor) => payers('new', next(cursor)));
    expect(codes.map(({ code }) => code)).toEqual(many.map((index) => String(104_217 + index)));
    expect(await all((cursor) => slips(next(cursor)))).toHaveLength(7);
    const found = await all((cursor) => buildings(next(cursor)));
    expect(found.map(({ building }) => building).sort()).toEqual(many.map((index) => `Ulica ${index}`));
  });
});

describe('a preview that is not to be had', () => {
  it('is refused where nothing waits, and to other offices', async () => {
    const { id } = await office.import(billingFile([october(0)]));
    const asked = { params: { id } };
    expect((await server.api(getImportPreview, { ...asked, token: office.token })).problem.code).toBe('import_state');
    const other = await createOffice(server);
    expect((await server.api(getImportPreview, { ...asked, token: other.token })).problem.code).toBe('not_found');
  });

  it('is counted anew when others have changed what it was counted against', async () => {
    const { id, numbers } = await checked([october(0)]);
    expect(numbers.slips).toMatchObject({ new: 1, replaced: 0 });
    await office.import(billingFile([october(0, { znesek: '49,00' })]));
    const refused = await server.api(confirmImport, { token: office.token, params: { id } });
    expect(refused.problem.code).toBe('import_outdated');
    await server.services.importJobs.ended(id);
    const again = await server.api(getImportPreview, { token: office.token, params: { id } });
    expect(again.body.slips).toMatchObject({ new: 0, replaced: 1 });
  });
});

describe('an outlier', () => {
  it.each([
    [10_000, null, 1, false],
    [7_000, 5_000, 1, false], // Exactly 40 %.
    [7_001, 5_000, 1, true],
    [3_000, 1_000, 1, false], // Exactly 20 EUR.
    [3_001, 1_000, 1, true],
    [0, 5_000, 1, true],
    [5_000, 0, 1, true],
    [-5_000, 5_000, 1, true],
    [0, 5_000, 25, false], // 2 EUR for each of 25 slips.
    [0, 5_001, 25, true],
  ])('%i beside %s on %i slips: %s', (cents, before, slips, expected) => {
    expect(isOutlier(cents, before, slips)).toBe(expected);
  });
});
