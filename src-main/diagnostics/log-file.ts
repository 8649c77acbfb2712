import { appendFile, mkdir, readFile, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Two files of this size are all that the log ever takes. */
const largestLog = 1024 * 1024;
const longestLine = 8000;

export interface LogFile {
  readonly write: (line: string) => void;
  /** When everything that was written until now is on the disk. */
  readonly flush: () => Promise<void>;
  /** The last lines, oldest first. */
  readonly tail: (lines: number) => Promise<string[]>;
}

/** A file that starts anew at 1 MB and leaves the one before beside it. A log that cannot be written stops nothing. */
export function openLogFile(path: string): LogFile {
  const before = `${path}.1`;
  let last: Promise<unknown> = mkdir(dirname(path), { recursive: true }).catch(() => undefined);

  const append = async (line: string) => {
    const size = await stat(path).then(
      (found) => found.size,
      () => 0,
    );
    if (size > largestLog) await rename(path, before);
    await appendFile(path, line, { mode: 0o600 });
  };
  const linesOf = async (file: string) => {
    const text = await readFile(file, 'utf8').catch(() => '');
    return text.split('\n').filter((line) => line !== '');
  };
  const flush = async () => void (await last);

  return {
    write(line) {
      const short = line.length > longestLine ? `${line.slice(0, longestLine)}…\n` : line;
      last = last.then(() => append(short)).catch(() => undefined);
    },
    flush,
    async tail(count) {
      await flush();
      const newest = await linesOf(path);
      const all = newest.length < count ? [...(await linesOf(before)), ...newest] : newest;
      return all.slice(-count);
    },
  };
}
