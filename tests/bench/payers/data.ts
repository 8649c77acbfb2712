import type { Knex } from 'knex';
import { insertRows, type Cell } from '../../../server/db/bulk.ts';
import { newId, placedId, placedIn } from '../../../server/db/id.ts';
import { days, later, toInstant } from '../../../server/db/time.ts';
import { foldText, payerSearchText } from '../../../server/modules/payers/search-text.ts';
import { createManager } from '../../helpers/factories.ts';
import { createRun } from '../../helpers/slip-factories.ts';

const firstNames = ['Žiga', 'Ana', 'Marko', 'Đurđa', 'Čeda', 'Rok', 'Nina', 'Tomaž', 'Špela', 'Jože'];
const lastNames = ['Ščuka', 'Novak', 'Čehovin', 'Kos', 'Zupančič', 'Horvat', 'Krajnc'];
const channels = ['none', 'none', 'none', 'none', 'none', 'email', 'email', 'email', 'bank', 'bizbox'];
const unitsEach = 200;

const columns = {
  payers: [
    ...['manager_id', 'id', 'code', 'name', 'street', 'town', 'email', 'channel', 'search', 'unit_search'],
    ...['created_at', 'updated_at'],
  ],
  units: ['manager_id', 'id', 'building_id', 'name', 'kind'],
  payer_units: ['manager_id', 'payer_id', 'unit_id', 'building_id', 'period'],
  slips: ['manager_id', 'id', 'run_id', 'payer_id', 'number', 'period', 'issue_date', 'due_date', 'total_cents'],
  accounts: ['id', 'email', 'first_name', 'last_name', 'password_hash', 'language', 'email_confirmed_at', 'created_at'],
  payer_accounts: ['manager_id', 'payer_id', 'account_id', 'linked_at'],
  slip_passwords: ['manager_id', 'id', 'payer_id', 'batch_id', 'hmac', 'issued_at', 'expires_at'],
} as const;

type Rows = Record<keyof typeof columns, Cell[][]>;

interface Plan {
  readonly managerId: string;
  /** How many there will be: an import places what it brings by that. */
  readonly payers: number;
  readonly runs: readonly { readonly id: string; readonly importId: string; readonly period: string }[];
  readonly buildings: readonly { readonly id: string; readonly name: string }[];
  readonly now: string;
  readonly soon: string;
  readonly past: string;
}

/** Sixty of a hundred have an account, three of them unconfirmed; of the others half have a slip password, or had one. */
function addStanding(rows: Rows, { managerId, now, soon, past }: Plan, payerId: string, n: number): void {
  const kind = (n * 37) % 100;
  if (kind < 60) {
    const id = newId();
    rows.accounts.push([
      id,
      `oseba-${n}-${managerId.slice(0, 8)}@example.si`,
      'Ana',
      'Kos',
      'none',
      'sl',
      kind < 3 ? null : now,
      now,
    ]);
    rows.payer_accounts.push([managerId, payerId, id, now]);
  } else if (kind < 80) {
    const expires = kind < 70 ? soon : past;
    rows.slip_passwords.push([managerId, newId(), payerId, managerId, 'ab'.repeat(32), past, expires]);
  }
}

function addPayer(rows: Rows, plan: Plan, n: number): void {
  const { managerId, runs, buildings, now } = plan;
  const building = buildings[Math.floor(n / unitsEach)]!;
  const [id, unitId, unit] = [placedId(n / plan.payers), placedId(n / plan.payers), String((n % unitsEach) + 1)];
  const name = `${lastNames[n % lastNames.length]} ${firstNames[n % firstNames.length]}`;
  const [code, street, email] = [String(1_000_000 + n), building.name, n % 3 === 0 ? `placnik-${n}@example.si` : null];
  const search = payerSearchText({ code, name, street, email });
  const channel = channels[n % channels.length]!;
  const unitSearch = foldText(`${building.name} ${unit}`);
  rows.payers.push([managerId, id, code, name, street, '1000 Ljubljana', email, channel, search, unitSearch, now, now]);
  rows.units.push([managerId, unitId, building.id, unit, 'apartment']);
  rows.payer_units.push([managerId, id, unitId, building.id, runs[0]!.period]);
  for (const { id: runId, importId, period } of runs)
    rows.slips.push([
      managerId,
      placedIn(importId, n),
      runId,
      id,
      `R-${period}-${n}`,
      period,
      `${period}-05`,
      `${period}-20`,
      12_345,
    ]);
  addStanding(rows, plan, id, n);
}

/** So many payers of a manager, each with a unit, slips of three months and a standing of its own. */
export async function createPayers(db: Knex, payers: number): Promise<{ managerId: string; buildingId: string }> {
  const { id: managerId } = await createManager(db);
  const runs = [];
  for (const period of ['2026-10', '2026-09', '2026-08']) runs.push(await createRun(db, managerId, { period }));
  const buildings = Array.from({ length: Math.ceil(payers / unitsEach) }, (_, n) => {
    return { id: newId(), name: `Šmartinska cesta ${n + 1}` };
  });
  const rowsOf = buildings.map(({ id, name }) => [managerId, id, name]);
  await insertRows(db, 'buildings', ['manager_id', 'id', 'name'], rowsOf);
  const now = new Date();
  const [soon, past] = [toInstant(later(now, 30 * days)), toInstant(later(now, -30 * days))];
  const plan = { managerId, payers, runs, buildings, now: toInstant(now), soon, past };
  for (let from = 0; from < payers; from += 1_000) {
    const rows: Rows = {
      ...{ payers: [], units: [], payer_units: [], slips: [], accounts: [], payer_accounts: [], slip_passwords: [] },
    };
    for (let n = from; n < Math.min(payers, from + 1_000); n += 1) addPayer(rows, plan, n);
    for (const table of Object.keys(columns) as (keyof Rows)[])
      await insertRows(db, table, columns[table], rows[table]);
  }
  return { managerId, buildingId: (buildings[151] ?? buildings[0]!).id };
}
