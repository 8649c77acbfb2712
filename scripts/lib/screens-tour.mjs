/* global window, document, innerWidth, innerHeight -- what runs in the page */
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureDemonstration } from './demonstration.mjs';
import { sandboxFlags } from './electron.mjs';
import { root } from './folders.mjs';
import { startOwnSession } from './own-session.mjs';
import { pinnedEnvironment, pinnedNode } from './packages.mjs';
import { freePort, run, stopChild } from './processes.mjs';
import { startServer } from './server.mjs';

/**
 * A server with the demonstration, and the real application with a profile and a keyring of their own, for taking
 * pictures. Everything lives in one temporary folder and goes with `end`.
 *
 * @param options `electron` (of ensureElectron), `language`, `themes` and `sizes` (each picture is taken in all of
 *   them; the first ones need no suffix), `folder` for the pictures, `isWanted(name)`
 * @returns what the walks need: `page`, `words`, `demonstration`, `address`, `shoot(name)`, `stopServer()`,
 *   `sample(fileName, options)`, `saveAs(fileName)`, `mailedCode(before)`, `openLink(link)`, `end()`
 */
export async function startTour({ electron, language, themes, sizes, folder, isWanted }) {
  const data = await mkdtemp(join(tmpdir(), 'iiportal-screens-'));
  const ends = [() => rm(data, { recursive: true, force: true })];
  const end = async () => {
    for (let stop = ends.pop(); stop; stop = ends.pop()) await stop();
  };
  try {
    const demonstration = await ensureDemonstration(data);
    const { child, address } = await startServer(data, await freePort());
    ends.push(() => stopChild(child));
    const application = await openApplication(electron, data, ends);
    const page = await application.firstWindow();
    page.setDefaultTimeout(20_000);
    await page.evaluate((chosen) => window.desktop.shell.setLanguage(chosen), language);
    await page.reload();
    const { [language]: words } = await import(`../../src-renderer/shared/i18n/${language}/index.ts`);
    const shoot = camera({ application, page, themes, sizes, folder, isWanted });
    const sample = (name, options) => writeSample(join(data, name), options);
    const saveAs = (name) => answerSaveDialog(application, join(data, name));
    const mailedCode = (before) => newestCode(join(data, 'mail'), before);
    const stopServer = () => stopChild(child);
    const openLink = (link) => application.evaluate(giveLink, link);
    return { page, words, demonstration, address, shoot, sample, saveAs, mailedCode, stopServer, openLink, end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function openApplication(electron, data, ends) {
  const { _electron } = await import('playwright-core');
  let env = process.env;
  if (process.platform === 'linux') {
    const keyring = join(data, 'keyring');
    const session = await startOwnSession({ bus: true, display: true, keyring, password: 'screens' });
    ends.push(session.stop);
    ({ env } = session);
  }
  const args = [...sandboxFlags().flags, root, `--user-data-dir=${join(data, 'client')}`];
  const application = await _electron.launch({ executablePath: electron.path, args, env });
  ends.push(() => application.close());
  return application;
}

/** Takes a picture once the page stands still: nothing is being loaded, and what moved has arrived. */
function camera({ application, page, themes, sizes, folder, isWanted }) {
  mkdirSync(folder, { recursive: true });
  return async (name) => {
    if (!isWanted(name)) return;
    for (const size of sizes) {
      const [width, height] = size.split('x').map(Number);
      await application.evaluate(
        ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0].setContentSize(w, h),
        [width, height],
      );
      await page.waitForFunction(([w, h]) => innerWidth === w && innerHeight === h, [width, height]);
      for (const theme of themes) {
        await page.emulateMedia({ colorScheme: theme });
        await page.waitForFunction(() => !document.querySelector('.skeleton, [aria-busy=true]'));
        const suffix = [size !== sizes[0] && size, theme !== themes[0] && theme].filter(Boolean);
        const path = join(folder, `${[name, ...suffix].join('-')}.png`);
        await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
      }
    }
  };
}

/** As macOS tells a program of a link. */
const giveLink = ({ app }, link) => void app.emit('open-url', { preventDefault() {} }, link);

/** The system's dialog is in no picture: it answers by itself. */
const answerSaveDialog = (application, filePath) =>
  application.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
  }, filePath);

/** The six digits that were sent last; where the ones before are given, once others have come. */
async function newestCode(folder, before) {
  for (const until = Date.now() + 20_000; Date.now() < until; await sleep(100)) {
    const code = await codeOfNewestMail(folder);
    if (code !== before) return code;
  }
  throw new Error('No mail with another code came.');
}

async function codeOfNewestMail(folder) {
  const { default: PostalMime } = await import('postal-mime');
  const names = await readdir(folder);
  const newest = names.filter((name) => name.endsWith('.eml')).sort();
  const { text } = await PostalMime.parse(await readFile(join(folder, newest.at(-1))));
  return /\b\d{6}\b/.exec(text)[0];
}

/** A billing file of the sample, changed by `change(rows)`, as the office would have it on disk. */
async function writeSample(file, { change = (rows) => rows, ...options }) {
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, `${value}`]);
  const { code, output } = await run(pinnedNode, ['server/cli/index.ts', 'sample', ...words], {
    cwd: root,
    env: pinnedEnvironment(),
  });
  if (code !== 0) throw new Error(output);
  writeFileSync(file, change(output.trim().split(/\r?\n/)).join('\r\n'));
  return file;
}
