import { randomInt } from 'node:crypto';
import { writeAtomically } from '../../../src-main/files/atomic-write.ts';

/** Writes the same file over and over, each time filled with one byte's value, until it is killed. */
const [path, size] = process.argv.slice(2);
for (;;) {
  const content = Buffer.alloc(Number(size), randomInt(1, 256));
  await writeAtomically(path!, async (file) => {
    // In pieces, so that a kill can fall between them.
    for (let at = 0; at < content.length; at += 20_000) await file.write(content, at, 20_000);
  });
  process.stdout.write('.');
}
