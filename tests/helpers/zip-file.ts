import { zipSync, strToU8 } from 'fflate';

/** A ZIP of texts by their names. */
export const zip = (files: Readonly<Record<string, string>>): Buffer =>
  Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))));
