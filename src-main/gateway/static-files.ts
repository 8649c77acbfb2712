import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** One file of the built renderer, or null. Nothing outside the folder and no unknown kind of file is ever given out. */
export async function readStaticFile(
  folder: string,
  path: string,
): Promise<{ mediaType: string; body: Uint8Array<ArrayBuffer> } | null> {
  const root = resolve(folder);
  const file = fileOf(root, path);
  const mediaType = file && mediaTypes[extname(file)];
  if (!file || !mediaType) return null;
  try {
    return { mediaType, body: new Uint8Array(await readFile(file)) };
  } catch {
    return null;
  }
}

function fileOf(root: string, path: string): string | null {
  let name: string;
  try {
    name = decodeURIComponent(path);
  } catch {
    return null;
  }
  // A backslash or a drive letter is a path on Windows; a NUL ends one in C.
  if (/[\\:\0]/.test(name)) return null;
  const file = resolve(root, name === '/' ? 'index.html' : `.${name.startsWith('/') ? name : `/${name}`}`);
  return file.startsWith(root + sep) ? file : null;
}
