import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  confirmImport,
  discardImport,
  getImport,
  getImportPreview,
  listPreviewedBuildings,
  listPreviewedPayers,
  listPreviewedSlips,
  previewWithdrawal,
  withdrawImport,
} from '../../../contract/imports.ts';
import type { Import, ImportPreview } from '../../../contract/imports.ts';
import { call } from '../../../src-renderer/api/client.ts';
import { ApiProblem } from '../../../src-renderer/api/problem.ts';
import { barsOf, percentOff } from '../../../src-renderer/modules/imports/preview-words.ts';
import { idOf, importOf, openApp, press, staffSession, stubDesktop } from '../helpers/office.ts';

vi.mock('../../../src-renderer/api/client.ts', { spy: true });

let imported: Import;
let answers: Map<unknown, (asked: { query?: Record<string, unknown> }) => unknown>;

const amounts = { cents: 12_000, beforeCents: 10_000, isOutlier: false };
const preview: ImportPreview = {
  countedAt: '2026-11-23T08:00:00.000Z',
  periods: [{ ...amounts, period: '2026-10', slips: 102, before: { period: '2026-09', slips: 100 } }],
  payers: { new: 12, changed: 3, unchanged: 80, vanished: 1 },
  slips: { new: 95, replaced: 2, outliers: 1 },
  buildings: 2,
  outlierBuildings: 1,
  items: [
    { description: 'Dvigalo', cents: 0, beforeCents: 9_000, count: 0, isOutlier: true },
    { description: 'Voda', ...amounts, count: 97 },
  ],
};

const page = <T>(items: readonly T[], nextCursor: string | null = null) => ({ items, nextCursor });

beforeEach(() => {
  stubDesktop();
  imported = importOf({ state: 'checked' });
  answers = new Map<unknown, (asked: { query?: Record<string, unknown> }) => unknown>([
    [getImport, () => imported],
    [getImportPreview, () => preview],
    [
      listPreviewedBuildings,
      ({ query }) =>
        page(
          query?.['outliers']
            ? [
                {
                  ...{ building: 'Daljna ulica 2', cents: 5_000, beforeCents: 14_000, isOutlier: true },
                  items: [{ description: 'Dvigalo', cents: 0, beforeCents: 9_000, isOutlier: true }],
                },
              ]
            : [{ building: 'Šišenska cesta 5', ...amounts, items: [] }],
        ),
    ],
    [
      listPreviewedPayers,
      ({ query }) =>
        page(
          query?.['kind'] === 'changed'
            ? [
                {
                  ...{ code: '1', name: 'Ana', totalCents: 100 },
                  changes: [{ field: 'naslov', before: 'Stara 1', after: 'Nova 2' }],
                },
              ]
            : [{ code: '104220', name: 'Plačnik Tri', changes: [], totalCents: 5_000 }],
        ),
    ],
    [
      listPreviewedSlips,
      () =>
        page(
          [
            {
              ...{ number: '26100002', period: '2026-10', payerCode: '104218', payerName: 'Ena', isReplacing: true },
              ...{ cents: 8_500, beforeCents: 6_000, isOutlier: true },
            },
          ],
          'next',
        ),
    ],
  ]);
  vi.mocked(call).mockImplementation((operation: unknown, asked?: unknown) => {
    const answer = answers.get(operation);
    if (!answer) return Promise.reject(new Error('not expected'));
    return Promise.resolve().then(() => answer(asked as never)) as never;
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

const calls = (operation: unknown) => vi.mocked(call).mock.calls.filter(([asked]) => (asked as unknown) === operation);

async function open() {
  const opened = await openApp(`/office/imports/${imported.id}`, staffSession('clerk'));
  await vi.dynamicImportSettled();
  await flushPromises();
  await flushPromises();
  return opened.app;
}

describe('an import that waits for its confirmation', () => {
  it('says in words what would change, and what is far off first', async () => {
    const app = await open();
    expect(app.findAll('.will li').map((line) => line.text())).toEqual([
      'Dodanih bo 95 razdelilnikov.',
      'Nadomeščena bosta 2 razdelilnika v osnutku.',
      'Dodanih bo 12 plačnikov.',
      'Podatki se bodo spremenili 3 plačnikom.',
      '1 plačnik nima več razdelilnika.',
    ]);
    expect(app.text()).toContain('Nekateri zneski močno odstopajo');
    expect(app.text()).toMatch(/Razlika: \+20,00\s€ \(\+20 %\)/);
    expect(app.text()).toContain('Daljna ulica 2');
    expect(app.text()).toMatch(/Dvigalo: 0,00\s€, prej 90,00\s€ – ni več/);
    expect(app.text()).toContain('Plačnik Tri');
    expect(app.text()).toContain('nadomesti osnutek');
    app.unmount();
  });

  it('lists what is asked for, page by page', async () => {
    const app = await open();
    await app.find('input[name=preview-payers][value=changed]').setValue(true);
    await flushPromises();
    expect(app.text()).toContain('naslov: Stara 1 → Nova 2');
    await app.find('input[name=preview-buildings][value=all]').setValue(true);
    await flushPromises();
    expect(app.text()).toContain('Šišenska cesta 5');
    await press('Prikaži več');
    expect(calls(listPreviewedSlips).at(-1)![1]).toMatchObject({ query: { cursor: 'next', only: 'outliers' } });
    app.unmount();
  });

  it('is confirmed, and is shown while its draft is written', async () => {
    answers.set(confirmImport, () => {
      imported = importOf({ state: 'writing', progress: { phase: 'writing', rows: 9, bytes: 100, totalBytes: 100 } });
      return imported;
    });
    const app = await open();
    await press('Pripravi osnutek');
    expect(app.text()).toContain('Pripravljamo osnutek');
    expect(app.text()).not.toContain('Kaj se bo spremenilo');
    app.unmount();
  });

  it('is looked at again when other files have changed what it was counted against', async () => {
    answers.set(confirmImport, () => {
      imported = importOf({ state: 'checking', progress: { phase: 'checking', rows: 9, bytes: 100, totalBytes: 100 } });
      throw new ApiProblem({ code: 'import_outdated' });
    });
    const app = await open();
    await press('Pripravi osnutek');
    await flushPromises();
    expect(app.find('[role=alert]').text()).toContain('Medtem so se podatki spremenili');
    expect(app.text()).toContain('Preverjamo podatke');
    app.unmount();
  });

  it('is thrown away only after it was asked for again', async () => {
    answers.set(discardImport, () => (imported = importOf({ state: 'discarded' })));
    const app = await open();
    await press('Zavrzi');
    expect(calls(discardImport)).toEqual([]);
    await press('Zavrzi datoteko');
    expect(calls(discardImport)).toHaveLength(1);
    app.unmount();
  });

  it('says when the preview cannot be had, and asks again', async () => {
    answers.set(getImportPreview, () => {
      throw new ApiProblem({ code: 'unavailable' });
    });
    const app = await open();
    answers.set(getImportPreview, () => preview);
    await press('Poskusi znova');
    await flushPromises();
    expect(app.text()).toContain('Kaj se bo spremenilo');
    app.unmount();
  });
});

describe('a published import', () => {
  const runs = [{ id: idOf(1), period: '2026-10', state: 'published' as const, slips: 102, totalCents: 5 }];
  const type = async (text: string) => {
    const field = document.querySelector<HTMLInputElement>('[role=alertdialog] input')!;
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await flushPromises();
  };

  beforeEach(() => {
    imported = importOf({ state: 'published', runs });
  });

  it('is taken back with a reason, which is shown then', async () => {
    const withdrawal = { reason: 'Napačna voda', by: 'Petra Pisar', at: '2026-11-23T09:00:00.000Z' };
    answers.set(withdrawImport, () => (imported = importOf({ state: 'withdrawn', runs, withdrawal })));
    const app = await open();
    await press('Umakni obračun…');
    await press('Umakni obračun');
    expect(document.querySelector('[role=alertdialog]')!.textContent).toContain('Napišite, zakaj');
    expect(calls(withdrawImport)).toEqual([]);
    await type('Napačna voda');
    await press('Umakni obračun');
    await flushPromises();
    expect(calls(withdrawImport)[0]![1]).toEqual({ params: { id: imported.id }, body: { reason: 'Napačna voda' } });
    expect(document.querySelector('[role=alertdialog]')).toBeNull();
    expect(app.text()).toContain('Obračun je umaknjen');
    expect(app.text()).toContain('Petra Pisar');
    expect(app.text()).toContain('Napačna voda');
    expect(app.text()).toContain('Objavi');
    app.unmount();
  });

  it('says before what of it is out already', async () => {
    answers.set(previewWithdrawal, () => ({ opened: 0, triedMails: 1, printed: 240, exported: 2 }));
    const app = await open();
    await press('Umakni obračun…');
    await flushPromises();
    const text = document.querySelector('[role=alertdialog]')!.textContent;
    expect(text).toContain('Natisnjenih je 240 izvodov.');
    expect(text).toContain('V izvozu za eRačune sta 2 razdelilnika.');
    expect(text).toContain('Pošiljanje 1 sporočila ni uspelo');
    expect(text).not.toContain('umik ne bo mogoč');
    app.unmount();
  });

  it('says how many slips are opened when it is too late', async () => {
    answers.set(withdrawImport, () => {
      throw new ApiProblem({ code: 'run_opened', opened: 3 });
    });
    const app = await open();
    await press('Umakni obračun…');
    await type('Napačna voda');
    await press('Umakni obračun');
    await flushPromises();
    expect(document.querySelector('[role=alertdialog]')!.textContent).toContain('3 razdelilniki so že odprti');
    app.unmount();
  });
});

describe('a comparison', () => {
  it('is in per cent where that says something', () => {
    expect([percentOff(120, 100), percentOff(50, 100), percentOff(5, 0), percentOff(5, null)]).toEqual([
      20,
      -50,
      null,
      null,
    ]);
    expect(percentOff(0, -100)).toBe(100);
  });

  it('is drawn as parts of the larger amount', () => {
    expect(barsOf(50, 100)).toEqual({ now: 0.5, before: 1 });
    expect(barsOf(-50, 0)).toEqual({ now: 0, before: 0 });
  });
});
