/*
 * npm run screens: takes the README's pictures anew, in docs/screens, from the real application with the demonstration.
 * With --all it takes every screen, into .data/screens; --theme light,dark, --language en and --size 1280x800,900x600
 * say how (the first ones give the file its plain name), --out where to, --walk account,payers which walks alone.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildClient } from './lib/client.mjs';
import { inProject } from './lib/folders.mjs';
import { prepare } from './lib/prepare.mjs';
import { main, Problem, say } from './lib/say.mjs';
import { walkAccount, walkConfirmation } from './lib/screens-account.mjs';
import { walkDesk } from './lib/screens-desk.mjs';
import { walkImports } from './lib/screens-imports.mjs';
import { walkPalette } from './lib/screens-palette.mjs';
import { walkKeys, walkPasswords } from './lib/screens-passwords.mjs';
import { walkPayers } from './lib/screens-payers.mjs';
import { walkPrint } from './lib/screens-print.mjs';
import { walkSettings } from './lib/screens-settings.mjs';
import { walkEInvoices } from './lib/screens-e-invoices.mjs';
import { startTour } from './lib/screens-tour.mjs';
import { enterAddress, walkGuest, walkRegistration, walkResident, walkTwoManagers } from './lib/screens-walks.mjs';

const inReadme = ['home', 'register', 'import'];

/** In their order: each ends where the next one begins. Up to `resident` they need all before them. */
const walks = {
  guest: walkGuest,
  registration: walkRegistration,
  confirmation: walkConfirmation,
  resident: walkResident,
  account: walkAccount,
  imports: walkImports,
  desk: walkDesk,
  payers: walkPayers,
  palette: walkPalette,
  'e-invoices': walkEInvoices,
  settings: walkSettings,
  keys: walkKeys,
  print: walkPrint,
  passwords: walkPasswords,
  'two-managers': walkTwoManagers,
};

const { values } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    theme: { type: 'string', default: 'light' },
    language: { type: 'string', default: 'sl' },
    size: { type: 'string', default: '1280x800' },
    out: { type: 'string' },
    walk: { type: 'string', default: Object.keys(walks).join(',') },
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
    const names = values.walk.split(',');
    if (!names.includes('guest')) await enterAddress(tour);
    for (const name of names) await walks[name](tour);
  } catch (error) {
    await tour.page.screenshot({ path: join(folder, 'failed.png') });
    throw error;
  } finally {
    await tour.end();
  }
  say(`The pictures are in ${folder}.`);
});
