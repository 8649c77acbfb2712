import { readdir, readFile } from 'node:fs/promises';

const text = (file: string) => readFile(file, 'utf8').catch(() => '');

/** Every process of this machine with its parent. */
async function parents(): Promise<[pid: number, parent: number][]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  // After the name in parentheses, which may hold anything: the state, then the parent.
  const stats = await Promise.all(pids.map((pid) => text(`/proc/${pid}/stat`)));
  return pids.map((pid, at) => [Number(pid), Number(/^.*\) \S (\d+)/s.exec(stats[at] ?? '')?.[1])]);
}

/** What a program and all that it started hold, in megabytes: a page that several share counts in parts (PSS). */
export async function memoryOf(root: number): Promise<number> {
  const all = await parents();
  const family = new Set([root]);
  for (let before = 0; before !== family.size;) {
    before = family.size;
    for (const [pid, parent] of all) if (family.has(parent)) family.add(pid);
  }
  const rollups = await Promise.all([...family].map((pid) => text(`/proc/${pid}/smaps_rollup`)));
  return rollups.reduce((sum, rollup) => sum + Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0), 0) / 1024;
}
