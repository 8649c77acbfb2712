import { createImport, getImport, type Import } from '../../contract/imports.ts';
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
  return {
    manager,
    clerk,
    token,
    get,
    send,
    /** Sends a file and waits until its check has come to an end. */
    check: async (file: string | Buffer): Promise<Import> => {
      const { status, body, problem } = await send(file);
      if (status !== 202) throw new Error(`not taken: ${problem.code}`);
      await server.services.importJobs.ended(body.id);
      return get(body.id);
    },
  };
}

export type Office = Awaited<ReturnType<typeof createOffice>>;

const tables = [
  ...(['payers', 'buildings', 'units', 'billing_runs', 'run_funds'] as const),
  ...(['slips', 'slip_items', 'slip_open_items', 'payment_orders'] as const),
];
const staging = [
  ...(['import_rows', 'import_open_items', 'import_slips'] as const),
  ...(['import_funds', 'import_units', 'import_payers'] as const),
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
