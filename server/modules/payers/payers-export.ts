import { Readable } from 'node:stream';
import type { Knex } from 'knex';
import type { PayerAccess } from '../../../contract/payers.ts';
import { byteOrderMark, csvLine } from '../../csv.ts';
import { toInstant } from '../../db/time.ts';
import type { Services } from '../../services.ts';
import { channelWords } from '../imports/billing-file/channel-words.ts';
import { filtered, type PayerFilter } from './payer-filter.ts';
import { presentPayer } from './payers.presenter.ts';
import { described, orderedPayers, slipsOf } from './payers.queries.ts';

/** The words of the billing file, where it has one for it (docs/billing-file.md). */
const header = [
  ...['sifra_placnika', 'placnik', 'naslov', 'posta_kraj', 'e_posta', 'davcna_stevilka', 'e_racun'],
  ...['enote', 'portal', 'zadnje_obdobje', 'zadnji_znesek'],
];

const accessWords: Readonly<Record<PayerAccess, string>> = {
  ...{ registered: 'registriran', issued: 'geslo izdano', expired: 'geslo poteklo', none: 'brez gesla' },
};

async function linesOf(db: Knex, managerId: string, payerIds: readonly string[], now: string): Promise<string> {
  const rows = await described(db, managerId, payerIds, now);
  const slips = await slipsOf(db, managerId, payerIds);
  return rows
    .map((row) => {
      const { units, lastSlip } = presentPayer(row, slips);
      return csvLine([
        ...[row.code, row.name, row.street, row.town, row.email ?? '', row.taxNumber ?? '', channelWords[row.channel]],
        ...[units.join(' | '), accessWords[row.access], lastSlip?.period ?? ''],
        lastSlip ? { cents: lastSlip.totalCents } : '',
      ]);
    })
    .join('');
}

const payersAtOnce = 500;

async function* lines(db: Knex, filter: PayerFilter, now: string): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(header);
  for (let after = ''; ;) {
    const page = orderedPayers(db, filter, now, after).limit(payersAtOnce);
    const found = await page.select<{ id: string; code: string }[]>('p.id', 'p.code');
    const last = found.at(-1);
    if (!last) return;
    yield await linesOf(db, filter.managerId, found.map(({ id }) => id), now); // prettier-ignore
    after = last.code;
  }
}

export async function countPayers({ db, clock }: Pick<Services, 'db' | 'clock'>, filter: PayerFilter): Promise<number> {
  const [counted]: { count: number }[] = await filtered(db, filter, toInstant(clock())).count('* as count');
  return counted?.count ?? 0;
}

/** The payers that fit, by code. Some hundred at a time are in memory, however many there are. */
export const payersFile = ({ db, clock }: Pick<Services, 'db' | 'clock'>, filter: PayerFilter): Readable =>
  Readable.from(lines(db, filter, toInstant(clock())), { objectMode: false });
