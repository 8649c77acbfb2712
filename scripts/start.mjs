/*
 * npm start: shows the product with a demonstration. It makes this machine ready, builds the client, starts a server
 * with two managers, and opens the window. Ctrl-C, or closing the window, ends everything it started.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { buildClient } from './lib/client.mjs';
import { describeDemonstration, ensureDemonstration } from './lib/demonstration.mjs';
import { sandboxFlags } from './lib/electron.mjs';
import { inProject, root } from './lib/folders.mjs';
import { startOwnSession } from './lib/own-session.mjs';
import { prepare } from './lib/prepare.mjs';
import { stopChild } from './lib/processes.mjs';
import { main, Problem, say } from './lib/say.mjs';
import { saveFirstScreen } from './lib/screenshot.mjs';
import { choosePort, startServer } from './lib/server.mjs';
import { hasDisplay, hasSessionBus } from './lib/system-packages.mjs';

const data = inProject('.data');
/** What has been started and how to end it, the first one first. */
const started = [];
let isEnding = false;

async function show() {
  const electron = await prepare();
  const { code, output } = await buildClient(electron);
  if (code !== 0) {
    say(output);
    throw new Problem('The client could not be built: see above.');
  }
  const demonstration = await ensureDemonstration(data);
  const server = await startServer(data, await choosePort());
  started.push(() => stopChild(server.child));
  const session = await startMissing();
  describeDemonstration(demonstration, server.address);
  const window = openWindow(electron, server.address, session.env);
  started.push(() => stopChild(window));
  if (session.frame) await saveScreen(session.frame, electron);
  say('Press Ctrl-C to end.');
  const gone = once(server.child, 'exit').then(() => {
    if (!isEnding) say(`The server has ended: ${join(data, 'server.log')} says why.`);
  });
  await Promise.race([once(window, 'exit'), gone]);
}

/** On a Linux without a desktop: a display and a keyring of our own. */
async function startMissing() {
  const missing = { bus: !hasSessionBus(), display: !hasDisplay() };
  if (!missing.bus && !missing.display) return { env: process.env };
  // Who can read the demonstration's folder has all of its data anyway, so this password need not be a secret.
  const session = await startOwnSession({ ...missing, keyring: join(data, 'keyring'), password: 'demonstration' });
  started.push(session.stop);
  if (missing.display) say('There is no display: the window opens on a virtual one.');
  if (missing.bus) say('There is no keychain: the window uses one of the demonstration.');
  return session;
}

function openWindow(electron, address, environment) {
  const { flags, why } = sandboxFlags();
  if (why) say(why);
  // A profile of its own: the demonstration must not touch the settings of an installed iiPortal.
  const args = [...flags, root, `--user-data-dir=${join(data, 'client')}`];
  const env = { ...environment, IIPORTAL_PORTAL: address };
  return spawn(electron.path, args, { cwd: root, env, stdio: 'ignore' });
}

async function saveScreen(frame) {
  const file = join(data, 'first-screen.png');
  if (await saveFirstScreen(frame, file)) say(`The first screen is in ${file}.`);
  else say('The window drew nothing within half a minute.');
}

async function endAll() {
  isEnding = true;
  for (let stop = started.pop(); stop; stop = started.pop()) await stop();
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => void endAll().then(() => process.exit()));
}

await main(async () => {
  try {
    await show();
  } finally {
    await endAll();
  }
});
