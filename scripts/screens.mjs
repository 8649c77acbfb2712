/*
 * npm run screens: takes the README's pictures anew, in docs/screens, from the real application with the demonstration.
 * With --all it takes every screen, into .data/screens; --theme light,dark, --language en and --size 1280x800,900x600
 * say how (the first ones give the file its plain name), --out where to.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildClient } from './lib/client.mjs';
import { inProject } from './lib/folders.mjs';
import { prepare } from './lib/prepare.mjs';
import { main, Problem, say } from './lib/say.mjs';
import { startTour } from './lib/screens-tour.mjs';
import { walkGuest, walkOffice, walkRegistration, walkResident, walkTwoManagers } from './lib/screens-walks.mjs';

const inReadme = ['home', 'register', 'import'];

const { values } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    theme: { type: 'string', default: 'light' },
    language: { type: 'string', default: 'sl' },
    size: { type: 'string', default: '1280x800' },
    out: { type: 'string' },
  },
});

await main(async () => {
  const electron = await prepare({ tests: true });
  const { code, output } = await buildClient(electron);
  if (code !== 0) throw new Problem(output);
  const folder = values.out ?? (values.all ? inProject('.data', 'screens') : inProject('docs', 'screens'));
  const tour = await startTour({
    electron,
    language: values.language,
    themes: values.theme.split(','),
    sizes: values.size.split(','),
    folder,
    isWanted: (name) => values.all || inReadme.includes(name),
  });
  try {
    for (const walk of [walkGuest, walkRegistration, walkResident, walkOffice, walkTwoManagers]) await walk(tour);
  } catch (error) {
    await tour.page.screenshot({ path: join(folder, 'failed.png') });
    throw error;
  } finally {
    await tour.end();
  }
  say(`The pictures are in ${folder}.`);
});
