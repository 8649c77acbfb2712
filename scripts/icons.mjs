/* npm run icons: draws the icon of the program into build/, in every size and form that the systems want. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { inProject } from './lib/folders.mjs';
import { iconFiles } from './lib/icon-files.mjs';

for (const [path, bytes] of Object.entries(iconFiles())) {
  const file = inProject('build', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}
