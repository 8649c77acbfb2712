import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** All files under a folder, in their bytes; one that is gone meanwhile has none. */
async function filesIn(folder: string): Promise<{ name: string; content: Buffer }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(async ({ name, parentPath }) => ({
      name,
      content: await readFile(join(parentPath, name)).catch(() => Buffer.alloc(0)),
    })),
  );
}

/** The files under a folder that hold this text, in one of the ways in which Chromium writes it. */
export const filesWith = async (folder: string, text: string): Promise<string[]> =>
  (await filesIn(folder))
    .filter(({ content }) => content.includes(text) || content.includes(Buffer.from(text, 'utf16le')))
    .map(({ name }) => name);

/** Secrets by what they are, so that a test that fails says which one leaked and not what it is. */
export class Secrets {
  /** Name by secret. */
  readonly #known = new Map<string, string>();

  /** Remembers the secret, and answers it. */
  keep(name: string, secret: string): string {
    this.#known.set(secret, name);
    if (secret.includes('-')) this.#known.set(secret.replaceAll('-', ''), `${name}, without hyphens`);
    return secret;
  }

  /** The names of those that stand in the text. */
  in(text: string): string[] {
    return [...this.#known].filter(([secret]) => stands(secret, text)).map(([, name]) => name);
  }

  /** The names of those that stand in a file under the folder, with the file's. */
  async inFiles(folder: string): Promise<string[]> {
    const files = await filesIn(folder);
    return files.flatMap(({ name, content }) => this.in(content.toString('utf8')).map((found) => `${name}: ${found}`));
  }
}

/** Six digits may well stand in a longer number. */
const stands = (secret: string, text: string): boolean =>
  /^\d{6}$/.test(secret) ? new RegExp(`(?<!\\w)${secret}(?!\\w)`).test(text) : text.includes(secret);
