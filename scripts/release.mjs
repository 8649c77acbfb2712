/*
 * npm run release -- key FILE: makes the key that updates are signed with.
 * npm run release -- sign FOLDER: signs what was packaged there.
 * npm run release -- stage SHARE FOLDER: lets it out to so many of a hundred computers.
 * docs/release.md tells when each is done, and where the key is kept.
 */
import { descriptionsIn, makeKey, openKey, signDescription, stage } from './lib/release-files.mjs';
import { main, Problem, say } from './lib/say.mjs';

function given(name) {
  const value = process.env[name];
  if (!value) throw new Problem(`${name} is not set: see docs/release.md.`);
  return value;
}

const commands = {
  key(file) {
    const publicKey = makeKey(file, given('IIPORTAL_KEY_PASSPHRASE'));
    say(`The private key is in ${file}. The public one, IIPORTAL_UPDATES_KEY when packaging, is:\n${publicKey}`);
  },
  sign(folder) {
    const key = openKey(given('IIPORTAL_KEY_FILE'), given('IIPORTAL_KEY_PASSPHRASE'));
    for (const path of descriptionsIn(folder)) {
      const { version, files } = signDescription(path, key);
      say(`${path}: ${version}, signed over ${files.map(({ url }) => url).join(', ')}`);
    }
  },
  stage(share, folder) {
    for (const path of descriptionsIn(folder)) {
      const { version } = stage(path, Number(share));
      say(`${path}: ${version} for ${share} % of the computers`);
    }
  },
};

await main(() => {
  const [name, ...words] = process.argv.slice(2);
  const command = Object.hasOwn(commands, name ?? '') ? commands[name] : null;
  if (!command || words.length !== command.length)
    throw new Problem('Say "key FILE", "sign FOLDER" or "stage SHARE FOLDER".');
  return command(...words);
});
