import { z } from 'zod';
import {
  getImportPreview,
  listPreviewedBuildings,
  listPreviewedPayers,
  listPreviewedSlips,
} from '../../../../contract/imports.ts';
import type { Actor } from '../../../http/actor.ts';
import { cutPage, decodeCursor } from '../../../http/cursor.ts';
import { route, type Route } from '../../../http/route.ts';
import type { Services } from '../../../services.ts';
import { findImport } from '../imports.service.ts';
import { compareBuildings, sumsBefore, sumsOfFile } from './building-sums.ts';
import { payersAfter, vanishedAfter } from './payer-changes.ts';
import { slipsAfter, totalsOf } from './slip-changes.ts';
import { readStored, type StoredPreview } from './stored-preview.ts';
import type { StagedImport } from '../staging/staged-import.ts';

/** The contract shows so many of each building; the largest come first. */
const shownItems = 50;

const placeKey = z.tuple([z.string().regex(/^\d{1,6}$/)]);
const codeKey = z.tuple([z.string().regex(/^[ -~]{1,20}$/)]);
const numberKey = z.tuple([z.string().min(1).max(50)]);

const after = (cursor: string | undefined, key: typeof codeKey): string =>
  cursor === undefined ? '' : decodeCursor(cursor, key)[0];

export function previewRoutes({ db }: Services): Route[] {
  async function previewOf(actor: Actor, id: string): Promise<{ staged: StagedImport; stored: StoredPreview }> {
    const row = await findImport(db, actor, id);
    return { stored: readStored(row), staged: { managerId: row.managerId, importId: row.id } };
  }

  /** The sums of the buildings of one page alone are read and compared. */
  async function itemsOf(staged: StagedImport, { befores }: StoredPreview, names: readonly string[]) {
    const now = await sumsOfFile(db, staged, names);
    const isComparable = befores.every(({ before }) => before !== null);
    const then = isComparable ? await sumsBefore(db, staged.managerId, befores, names) : undefined;
    return (slipsOf: (building: string) => number) =>
      new Map(compareBuildings(now, then, slipsOf).map(({ building, items }) => [building, items]));
  }

  return [
    route(getImportPreview, async ({ params, actor }) => (await previewOf(actor, params.id)).stored.numbers),
    route(listPreviewedBuildings, async ({ params, query, actor }) => {
      const { staged, stored } = await previewOf(actor, params.id);
      const start = query.cursor === undefined ? 0 : Number(decodeCursor(query.cursor, placeKey)[0]);
      const wanted = stored.buildings.filter(([, , , isOutlier]) => query.outliers === undefined || isOutlier);
      const page = wanted.slice(start, start + query.limit + 1);
      const { items, nextCursor } = cutPage(page, query.limit, () => [String(start + query.limit)]);
      const slips = new Map(items.map(([building, , , , count]) => [building, count]));
      const parts = (await itemsOf(staged, stored, [...slips.keys()]))((building) => slips.get(building) ?? 1);
      return {
        nextCursor,
        items: items.map(([building, cents, beforeCents, isOutlier]) => ({
          ...{ building, cents, beforeCents, isOutlier },
          items: (parts.get(building) ?? []).slice(0, shownItems),
        })),
      };
    }),
    route(listPreviewedPayers, async ({ params, query, actor }) => {
      const { staged, stored } = await previewOf(actor, params.id);
      const page = { after: after(query.cursor, codeKey), limit: query.limit + 1 };
      const { kind } = query;
      if (kind === 'vanished') {
        const rows = await vanishedAfter(db, staged, { ...page, befores: stored.befores });
        return cutPage(rows, query.limit, ({ code }) => [code]);
      }
      const rows = await payersAfter(db, staged, { ...page, kind, present: stored.present });
      const { items, nextCursor } = cutPage(rows, query.limit, ({ code }) => [code]);
      const totals = await totalsOf(db, staged, items.map(({ code }) => code)); // prettier-ignore
      return { nextCursor, items: items.map((row) => ({ ...row, totalCents: totals.get(row.code) ?? null })) };
    }),
    route(listPreviewedSlips, async ({ params, query, actor }) => {
      const { staged, stored } = await previewOf(actor, params.id);
      const { slips } = stored.numbers;
      const { only } = query;
      // To find out that there are none, all would have to be looked at again.
      if ((only === 'outliers' && slips.outliers === 0) || (only === 'replacing' && slips.replaced === 0)) {
        return { items: [], nextCursor: null };
      }
      const page = { only, after: after(query.cursor, numberKey), limit: query.limit + 1 };
      const rows = await slipsAfter(db, staged, { ...page, befores: stored.befores });
      return cutPage(rows, query.limit, ({ number }) => [number]);
    }),
  ];
}
