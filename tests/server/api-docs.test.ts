import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../contract/api.ts';
import { programScopes } from '../../contract/endpoint.ts';
import { toInstant } from '../../server/db/time.ts';
import { BillingRun } from '../../server/models/billing-run.ts';
import { createApiKey, createManager, createPayer } from '../helpers/factories.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';
import { createWholeSlip } from '../helpers/slip-factories.ts';

/**
 * docs/api.md as whoever programs against it reads it: each curl command in it is run as it stands there, one after the
 * other, and its answer must have what the document shows of it. Needs curl, which Windows, macOS and Linux bring.
 */
const page = await readFile(join(import.meta.dirname, '../../docs/api.md'), 'utf8');

const examples = [...page.matchAll(/```sh\n(.*?)```\n\n```json\n(.*?)```/gs)].map(([, command = '', answer = '']) => ({
  command,
  answer: JSON.parse(answer) as Record<string, unknown>,
}));

/** The words of a command: continued lines joined, quotes taken off, `$NAME` filled in. No shell, so that Windows can. */
function wordsOf(command: string, values: Readonly<Record<string, string>>): string[] {
  const words = command.replaceAll('\\\n', ' ').matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g);
  const fill = (text: string) => text.replace(/\$([A-Z]+)/g, (_, name: string) => values[name] ?? '');
  return [...words].map(([, exact, quoted, bare]) => exact ?? fill(quoted ?? bare ?? ''));
}

/** The same form, whatever the values: what the document shows must be there, with values of the same kind. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shapeOf(part)]));
}

const ran = promisify(execFile);
let server: TestServer;
let folder: string;
const values: Record<string, string> = {};

beforeAll(async () => {
  server = await startTestServer();
  folder = await mkdtemp(join(tmpdir(), 'iiportal-test-'));
  const { id: managerId } = await createManager(server.db);
  const payer = await createPayer(server.db, managerId);
  const { runId } = await createWholeSlip(server.db, payer);
  await BillingRun.query(server.db)
    .where({ id: runId })
    .patch({ publishedAt: toInstant(new Date()) });
  const { key } = await createApiKey(server.db, managerId);
  Object.assign(values, { PORTAL: server.url, KEY: key });
  await copyFile(join(import.meta.dirname, '../../docs/billing-file-sample.csv'), join(folder, 'obracun.csv'));
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function run(command: string): Promise<Record<string, unknown>> {
  const [program, ...words] = wordsOf(command, values);
  const { stdout } = await ran(program!, words, { cwd: folder });
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe('the guide for other programs', () => {
  it('has examples', () => {
    expect(examples.length).toBeGreaterThan(5);
    for (const { command } of examples) expect(command).toMatch(/^curl --silent --show-error/);
  });

  it.each(examples)('shows what is answered: $command', async ({ command, answer }) => {
    const given = await run(command);
    expect(shapeOf(given)).toMatchObject(shapeOf(answer) as object);
    for (const field of ['state', 'code', 'status', 'fileName', 'createdBy']) {
      if (field in answer) expect(given[field]).toBe(answer[field]);
    }
    if (command.includes('--request POST')) {
      values['IMPORT'] = String(given['id']);
      await server.services.importJobs.ended(String(given['id']));
    }
  });

  it('names every scope, every state of an import that its reader meets, and no operation that is not open', () => {
    for (const scope of programScopes) expect(page).toContain(`\`${scope}\``);
    const open = operations.filter((operation) => 'program' in operation && operation.program !== undefined);
    for (const { command } of examples) {
      const path = /\/api\/v1([^"?\s]*)/.exec(command)![1]!.replace('$IMPORT', '{id}');
      expect(open.map((operation) => operation.path)).toContain(path);
    }
  });
});
