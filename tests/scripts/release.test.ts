import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseUpdateInfo } from 'electron-updater/out/providers/Provider.js';
import { beforeEach, describe, expect, test } from 'vitest';
import { descriptionsIn, makeKey, openKey, signDescription, stage } from '../../scripts/lib/release-files.mjs';
import { releaseSettings } from '../../scripts/lib/release-settings.mjs';
import { verifiedRelease } from '../../src-main/updates/release.ts';
import { newKeys, publicText } from '../helpers/release-server.ts';
import { temporaryFolder } from '../helpers/temp-folder.ts';

const passphrase = 'trinajst znakov';
let folder: string;
let description: string;

const digest = (text: string) => createHash('sha512').update(text).digest('base64');

/** As electron-builder writes it. */
const written = (content: string) =>
  [
    'version: 1.4.0',
    'files:',
    '  - url: iiPortal-1.4.0.AppImage',
    `    sha512: ${digest(content)}`,
    `    size: ${content.length}`,
    '    blockMapSize: 123',
    'path: iiPortal-1.4.0.AppImage',
    `sha512: ${digest(content)}`,
    "releaseDate: '2026-11-24T08:00:00.000Z'",
    '',
  ].join('\n');

const read = async () => parseUpdateInfo(await readFile(description, 'utf8'), 'x', new URL('file:///'));

beforeEach(async () => {
  folder = await temporaryFolder();
  description = join(folder, 'latest-linux.yml');
  await writeFile(description, written('program'));
  await writeFile(join(folder, 'iiPortal-1.4.0.AppImage'), 'program');
});

describe('a release', () => {
  test('is signed with a key that opens by its passphrase alone, and the program takes it', async () => {
    const file = join(folder, 'key.pem');
    const publicKey = makeKey(file, passphrase);
    expect(await readFile(file, 'utf8')).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY/);
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(() => openKey(file, 'napačno geslo')).toThrow(/does not open/);
    expect(() => makeKey(file, passphrase)).toThrow(/never written over/);
    expect(descriptionsIn(folder)).toEqual([description]);
    signDescription(description, openKey(file, passphrase));
    expect(verifiedRelease(await read(), 'latest-linux.yml', publicKey)).toMatchObject({ version: '1.4.0' });
  });

  test('can be let out step by step without being signed again', async () => {
    const { privateKey, publicKey } = newKeys();
    signDescription(description, privateKey);
    for (const share of [10, 50, 100]) {
      stage(description, share);
      expect(await read()).toMatchObject({ stagingPercentage: share });
      verifiedRelease(await read(), 'latest-linux.yml', publicText(publicKey));
    }
    expect((await readFile(description, 'utf8')).match(/stagingPercentage/g)).toHaveLength(1);
    expect(() => stage(description, 101)).toThrow(/from 0 to 100/);
  });

  test.each([
    ['is another file', 'something else'],
    ['is as long, but another', 'prpgram'],
  ])('whose installer %s is not signed', async (_, content) => {
    await writeFile(join(folder, 'iiPortal-1.4.0.AppImage'), content);
    expect(() => signDescription(description, newKeys().privateKey)).toThrow(/is not the file/);
    expect(await read()).not.toHaveProperty('signature');
  });

  test('that the program would not take is not signed', async () => {
    await writeFile(description, written('program').replace('1.4.0', '1.4.0-beta.2'));
    expect(() => signDescription(description, newKeys().privateKey)).toThrow(/no release/);
    expect(() => descriptionsIn(join(folder, '..', '..'))).toThrow(/no release/);
  });
});

describe('what a release is packaged with', () => {
  const updates = {
    IIPORTAL_UPDATES_ADDRESS: 'https://posodobitve.vzorec.si/iiportal',
    IIPORTAL_UPDATES_KEY: publicText(newKeys().publicKey),
  };

  test('is the publisher’s: without it the program does not renew itself', () => {
    expect(releaseSettings({}, 'linux')).toBeNull();
    expect(releaseSettings({}, 'win32')).toBeNull();
  });

  test('is all there, or nothing is packaged', () => {
    expect(() => releaseSettings(updates, 'linux')).toThrow('IIPORTAL_HOMEPAGE, IIPORTAL_MAINTAINER');
    expect(() => releaseSettings(updates, 'win32')).toThrow('IIPORTAL_PUBLISHER');
    expect(() => releaseSettings({ ...updates, IIPORTAL_UPDATES_KEY: 'x' }, 'darwin')).toThrow('no public key');
    const open = { ...updates, IIPORTAL_UPDATES_ADDRESS: 'http://posodobitve.vzorec.si' };
    expect(() => releaseSettings(open, 'darwin')).toThrow('https');
  });

  test('demands a certificate on Windows and macOS, whose name is packaged for the update to be compared with', () => {
    const windows = releaseSettings({ ...updates, IIPORTAL_PUBLISHER: 'Vzorec d.o.o.' }, 'win32');
    expect(windows).toMatchObject({
      forceCodeSigning: 'true',
      'win.signtoolOptions.publisherName': 'Vzorec d.o.o.',
      'publish.url': updates.IIPORTAL_UPDATES_ADDRESS,
      'extraMetadata.updates.publicKey': updates.IIPORTAL_UPDATES_KEY,
    });
    expect(releaseSettings(updates, 'darwin')).toMatchObject({ forceCodeSigning: 'true', 'mac.notarize': 'true' });
  });
});
