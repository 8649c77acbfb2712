/* Runs on the pinned Node: it takes the text that is signed from the program that checks it. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseUpdateInfo } from 'electron-updater/out/providers/Provider.js';
import { releaseSchema, signedText, verifiedRelease } from '../../src-main/updates/release.ts';
import { Problem } from './say.mjs';

const isDescription = (name) => /^latest(-mac|-linux(-[a-z0-9]+)?)?\.yml$/.test(name);

/** Makes the publisher's key: the private one, sealed by a passphrase, into a file; answers the public one. */
export function makeKey(file, passphrase) {
  if (existsSync(file)) throw new Problem(`${file} is there already: a key is never written over.`);
  if (passphrase.length < 12) throw new Problem('IIPORTAL_KEY_PASSPHRASE needs at least 12 characters.');
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const sealed = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase });
  writeFileSync(file, sealed, { mode: 0o600, flag: 'wx' });
  return publicText(publicKey);
}

const publicText = (key) => key.export({ format: 'der', type: 'spki' }).toString('base64');

/** Opens the publisher's private key. */
export function openKey(file, passphrase) {
  try {
    return createPrivateKey({ key: readFileSync(file), passphrase });
  } catch {
    throw new Problem(`The key in ${file} does not open: check IIPORTAL_KEY_PASSPHRASE.`);
  }
}

/** The paths of the descriptions (latest*.yml) in a folder. */
export function descriptionsIn(folder) {
  const names = readdirSync(folder).filter(isDescription);
  if (names.length === 0) throw new Problem(`There is no release in ${folder}: package one first.`);
  return names.map((name) => join(folder, name));
}

/** Signs a description, after comparing it with the files beside it, and answers what was signed. */
export function signDescription(path, privateKey) {
  const release = readRelease(path);
  for (const file of release.files) assertIsThere(join(path, '..', file.url), file);
  const signature = sign(null, signedText(basename(path), release), privateKey).toString('base64');
  setLine(path, 'signature', signature);
  verifiedRelease(readInfo(path), basename(path), publicText(createPublicKey(privateKey)));
  return release;
}

/** Lets a release out to so many of a hundred computers. */
export function stage(path, share) {
  if (!Number.isInteger(share) || share < 0 || share > 100) throw new Problem('The share is a number from 0 to 100.');
  setLine(path, 'stagingPercentage', String(share));
  return readRelease(path);
}

const readInfo = (path) => parseUpdateInfo(readFileSync(path, 'utf8'), basename(path), new URL('file:///'));

function readRelease(path) {
  const parsed = releaseSchema.safeParse(readInfo(path));
  if (parsed.success) return parsed.data;
  throw new Problem(`${path} describes no release that the program would take: ${parsed.error.message}`);
}

function assertIsThere(path, { url, sha512, size }) {
  if (!existsSync(path)) throw new Problem(`${url} is missing.`);
  const isSame = statSync(path).size === size && digestOf(path) === sha512;
  if (!isSame) throw new Problem(`${url} is not the file that its description is about.`);
}

const digestOf = (path) => createHash('sha512').update(readFileSync(path)).digest('base64');

function setLine(path, name, value) {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const others = lines.filter((line) => !line.startsWith(`${name}:`));
  writeFileSync(path, [...others, `${name}: ${value}`, ''].join('\n'));
}
