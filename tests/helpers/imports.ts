import { confirmImport, createImport, getImport, type Import } from '../../contract/imports.ts';
import { createManager, createStaff } from './factories.ts';
import type { TestServer } from './server.ts';

/** A manager with a clerk and an admin, and files sent on their behalf. */
export async function createOffice(server: TestServer) {
  const manager = await createManager(server.db);
  const clerk = await createStaff(server.db, manager.id, 'clerk');
  const { token } = clerk;
  const get = async (id: string): Promise<Import> => (await server.api(getImport, { token, params: { id } })).body;
  const send = async (file: string | Buffer) =>
    server.api(createImport, { token, bytes: typeof file === 'string' ? file : new Uint8Array(file) });
  /** Sends a file and waits until its check has come to an end. */
  const check = async (file: string | Buffer): Promise<Import> => {
    const { status, body, problem } = await send(file);
    if (status !== 202) throw new Error(`not taken: ${problem.code}`);
    await server.services.importJobs.ended(body.id);
    return get(body.id);
  };
  const confirm = (id: string) => server.api(confirmImport, { token, params: { id } });
  return {
    manager,
    clerk,
    token,
    get,
    send,
    check,
    confirm,
    /** Sends a file and confirms it, if it has no faults: its runs are drafts then. */
    import: async (file: string | Buffer): Promise<Import> => {
      const checked = await check(file);
      if (checked.state !== 'checked') return checked;
      const { status, problem } = await confirm(checked.id);
      if (status !== 202) throw new Error(`not confirmed: ${problem.code}`);
      await server.services.importJobs.ended(checked.id);
      return get(checked.id);
    },
  };
}

export type Office = Awaited<ReturnType<typeof createOffice>>;

const tables = [
  ...(['payers', 'payer_units', 'buildings', 'units', 'billing_runs'] as const),
  ...(['run_funds', 'run_buildings', 'run_sums'] as const),
  ...(['slips', 'slip_items', 'slip_units', 'slip_open_items', 'payment_orders'] as const),
];
const staging = [
  ...(['import_slips', 'import_payers', 'import_units'] as const),
  ...(['import_funds', 'import_buildings', 'import_sums'] as const),
];

/** All that a file could have changed, row by row, and what it left in the staging tables. */
export async function digest({ db }: TestServer, managerId: string): Promise<string> {
  const contents: unknown[] = [];
  for (const table of [...tables, ...staging]) {
    const rows = (await db(table).where({ manager_id: managerId })) as Record<string, unknown>[];
    contents.push(table, rows.map((row) => JSON.stringify(row)).sort()); // prettier-ignore
  }
  return JSON.stringify(contents);
}
