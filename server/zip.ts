import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Puts a file in; resolves when it has gone out. */
const written = (zip: ZipFile, { name, bytes }: ZipEntry): Promise<void> =>
  new Promise((resolve) => {
    zip.addReadStreamLazy(name, (open) => {
      const file = Readable.from([bytes]);
      file.once('close', resolve);
      open(null, file);
    });
  });

/**
 * A ZIP that is made while it is fetched: one file at a time is in memory, however slowly they are taken. Whoever stops
 * taking stops the files as well; what fails in them breaks the stream off.
 */
export function zipped(files: AsyncIterable<ZipEntry>): Readable {
  const zip = new ZipFile();
  // The library types its stream by the interface alone; it is a PassThrough.
  const output = zip.outputStream as Readable;
  const closed = new Promise<void>((resolve) => output.once('close', resolve));

  async function fill(): Promise<void> {
    for await (const file of files) {
      await Promise.race([written(zip, file), closed]);
      if (output.destroyed) return;
    }
    zip.end();
  }

  fill().catch((error: unknown) => output.destroy(error as Error));
  return output;
}

/**
 * Gives every name once: one that was given before gets `-2`, `-3`, … before its ending. Names that differ in capitals
 * alone are the same file on Windows.
 */
export function uniqueNames(): (name: string) => string {
  const given = new Set<string>();
  return (name) => {
    const [, stem = '', ending = ''] = /^(.*?)(\.[^.]*)?$/.exec(name) ?? [];
    let unique = name;
    for (let count = 2; given.has(unique.toLowerCase()); count += 1) unique = `${stem}-${count}${ending}`;
    given.add(unique.toLowerCase());
    return unique;
  };
}
