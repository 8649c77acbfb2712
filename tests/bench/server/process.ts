import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort, stopChild } from '../../../scripts/lib/processes.mjs';

/** The real server in a process of its own, so that its memory and time are nobody else's. */
export async function startServer(dataDir: string, databaseUrl: string) {
  const port = await freePort();
  const child = spawn(process.execPath, [fileURLToPath(new URL('../../../server/index.ts', import.meta.url))], {
    env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: databaseUrl, PORT: String(port), LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const origin = `http://127.0.0.1:${port}`;
  while (!(await fetch(origin).catch(() => null))) await sleep(50);
  /** Of the process, since its start; Linux alone knows. */
  const megabytes = async (): Promise<number> => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  };
  /** That all threads of the process have taken of the processors. */
  const cpuSeconds = async (): Promise<number> => {
    const fields = (await readFile(`/proc/${child.pid}/stat`, 'utf8').catch(() => '')).split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100;
  };
  return { origin, megabytes, cpuSeconds, stop: () => stopChild(child) };
}

export type ServerProcess = Awaited<ReturnType<typeof startServer>>;
