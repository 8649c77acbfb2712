/**
 * What the API is measured against: node:http and one prepared statement that reads the same page, nothing else.
 * Started with DATABASE_URL and PORT; asked with /MANAGER/PAYER.
 */
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { createPool } from 'mysql2/promise';

/** The driver comes without types; this is what is used of it. */
interface EmbeddedDatabase {
  prepare(sql: string): { all(...values: string[]): unknown[] };
}

const Database = createRequire(import.meta.url)('better-sqlite3') as new (
  file: string,
  options: { readonly readonly: boolean },
) => EmbeddedDatabase;

type Page = (managerId: string, payerId: string) => unknown[] | Promise<unknown[]>;

const sql = `
  select s.id, s.number, s.period, s.issue_date as issueDate, s.due_date as dueDate, s.total_cents as totalCents,
    s.manager_id as managerId, m.name as managerName, s.payer_id as payerId, p.code as payerCode
  from slips s
    join managers m on m.id = s.manager_id
    join payers p on p.manager_id = s.manager_id and p.id = s.payer_id
  where s.manager_id = ? and s.payer_id = ?
  order by s.period desc, s.id desc
  limit 51`;

function sqlitePage(file: string): Page {
  const statement = new Database(file, { readonly: true }).prepare(sql);
  return (managerId, payerId) => statement.all(managerId, payerId);
}

function mysqlPage(url: string): Page {
  const pool = createPool({ uri: url, connectionLimit: 10, dateStrings: true });
  return async (managerId, payerId) => (await pool.execute(sql, [managerId, payerId]))[0] as unknown[];
}

const { DATABASE_URL: url = '', PORT: port } = process.env;
const page = url.startsWith('sqlite:') ? sqlitePage(url.slice('sqlite:'.length)) : mysqlPage(url);

createServer((request, response) => {
  const [, managerId = '', payerId = ''] = (request.url ?? '').split('/');
  void (async () => {
    const body = Buffer.from(JSON.stringify({ items: await page(managerId, payerId), nextCursor: null }));
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
    response.end(body);
  })();
}).listen(Number(port), '127.0.0.1');
