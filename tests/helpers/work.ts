import type { TestServer } from './server.ts';

/** What the server does for an answer, as far as its time tells: the queries, and how many passwords are hashed. */
export async function workOf<T>({ db, services }: Pick<TestServer, 'db' | 'services'>, ask: () => Promise<T>) {
  const queries: string[] = [];
  let hashed = 0;
  const { passwords } = services;
  const hash = (password: string) => {
    hashed += 1;
    return passwords.hash(password);
  };
  const listener = ({ sql }: { sql: string }) => queries.push(sql);
  Object.assign(services, { passwords: { ...passwords, hash } });
  db.on('query', listener);
  const answer = await ask();
  db.removeListener('query', listener);
  Object.assign(services, { passwords });
  return { answer, queries, hashed };
}
