/* npm run electron-support: fails when the Electron that is shipped gets no security fixes any more. */
import { readFileSync } from 'node:fs';
import { electronSupport } from './lib/electron-support.mjs';
import { inProject } from './lib/folders.mjs';
import { say } from './lib/say.mjs';

const { devDependencies } = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));
const found = electronSupport(devDependencies.electron, new Date());
if (found) say(found.text);
process.exitCode = found?.fails ? 1 : 0;
