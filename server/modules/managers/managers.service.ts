import type { Knex } from 'knex';
import { newId } from '../../db/id.ts';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { ManagerHost } from '../../models/manager-host.ts';
import { Manager } from '../../models/manager.ts';
import type { Services } from '../../services.ts';
import { foldText } from '../payers/search-text.ts';

export interface NewManager {
  readonly name: string;
  readonly street: string;
  /** Post code and town: `1000 Ljubljana`. */
  readonly town: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly taxNumber: string | null;
  /** Without spaces, checked. */
  readonly iban: string;
  /** Checked (server/payments/reference-template.ts); null: the usual one. */
  readonly referenceTemplate: string | null;
  /** The host names under which the portal is this manager's. */
  readonly hosts: readonly string[];
}

/** What a manager begins with; the office changes it in its settings. */
const usualReferenceTemplate = 'SI12 {payer}{period}';
const defaults = {
  purposeCode: 'COST',
  purposeTemplate: 'Razdelilnik {period}',
};

/**
 * Takes a manager in.
 * @throws a unique violation (db/constraints.ts) when a host name belongs to another manager
 */
export async function createManager(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  { hosts, referenceTemplate, ...manager }: NewManager,
): Promise<string> {
  const id = newId();
  await transaction(db, async (trx) => {
    await Manager.query(trx).insert({
      ...defaults,
      ...manager,
      referenceTemplate: referenceTemplate ?? usualReferenceTemplate,
      id,
      search: foldText(`${manager.name} ${manager.street} ${manager.town}`),
      createdAt: toInstant(clock()),
    });
    for (const host of hosts) await ManagerHost.query(trx).insert({ host: host.toLowerCase(), managerId: id });
  });
  return id;
}

export interface Host {
  readonly host: string;
  /** The one that mails and letters name. */
  readonly isMain: boolean;
}

/** The host names under which the portal is this manager's, the main one first. */
export async function hostsOf(db: Knex, { id, mainHost }: Pick<Manager, 'id' | 'mainHost'>): Promise<Host[]> {
  const hosts = (await ManagerHost.query(db).where('manager_id', id).orderBy('host')).map(({ host }) => host);
  const main = hosts.find((host) => host === mainHost) ?? hosts[0];
  if (main === undefined) return [];
  return [main, ...hosts.filter((host) => host !== main)].map((host) => ({ host, isMain: host === main }));
}

/**
 * Where the manager's residents find the portal: under its own host name, which fills the manager in for them, else
 * under the common address.
 */
export async function portalAddressOf(db: Knex, publicUrl: string, managerId: string): Promise<string> {
  const manager = await Manager.query(db).findById(managerId).select('id', 'main_host').throwIfNotFound();
  const [main] = await hostsOf(db, manager);
  if (!main) return publicUrl;
  const address = new URL(publicUrl);
  address.hostname = main.host;
  return address.origin;
}
