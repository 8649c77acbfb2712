import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

/** What a signature covers of each file: any other is another file. */
const fileSchema = z.object({
  /** A name beside the description, never an address of somewhere else. */
  url: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/),
  sha512: z.base64().length(88),
  size: z.int().positive(),
  // Installed for the user alone: nothing of ours ever needs an administrator.
  isAdminRightsRequired: z.literal(false).optional(),
});

/** What electron-builder writes beside the installers (latest.yml), as far as it counts; trial versions are none. */
export const releaseSchema = z.object({
  version: z.string().regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}$/),
  files: z.array(fileSchema).min(1).max(10),
  /** Parts that a web installer would fetch: no signature of ours is over them. */
  packages: z.undefined().optional(),
});

export type Release = z.infer<typeof releaseSchema>;

const signedSchema = releaseSchema.extend({ signature: z.base64().length(88) });

/**
 * What is signed: which description it is (one for each system), the version, and each file's digest, size and name.
 * The share of computers that get it (stagingPercentage) is not, so that a release can be let out step by step.
 */
export function signedText(description: string, { version, files }: Release): Buffer {
  const lines = files.map(({ sha512, size, url }) => `${sha512} ${size} ${url}`);
  return Buffer.from(['iiPortal release 1', description, version, ...lines, ''].join('\n'));
}

/** The description that electron-updater asks for on this computer. */
export function descriptionName(platform: NodeJS.Platform, arch: string): string {
  if (platform === 'win32') return 'latest.yml';
  if (platform === 'darwin') return 'latest-mac.yml';
  return arch === 'x64' ? 'latest-linux.yml' : `latest-linux-${arch}.yml`;
}

/** A release that we will not install, and why. */
export class ReleaseRefused extends Error {
  override readonly name = 'ReleaseRefused';
}

/** The release that a description found on the network is about; fails when the publisher did not sign it. */
export function verifiedRelease(found: unknown, description: string, publicKey: string): Release {
  const parsed = signedSchema.safeParse(found);
  if (!parsed.success) throw new ReleaseRefused('not a signed release', { cause: parsed.error });
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  if (key.asymmetricKeyType !== 'ed25519') throw new ReleaseRefused('the key is no Ed25519 key');
  const { signature, ...release } = parsed.data;
  const isSigned = verify(null, signedText(description, release), key, Buffer.from(signature, 'base64'));
  if (!isSigned) throw new ReleaseRefused('the signature is not the publisher’s');
  return release;
}

/** Fails unless the file is one of the release's, byte by byte. */
export async function assertIsOf(release: Release, path: string): Promise<void> {
  const { size } = await stat(path);
  const hash = createHash('sha512');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  const sha512 = hash.digest('base64');
  const isOurs = release.files.some((file) => file.sha512 === sha512 && file.size === size);
  if (!isOurs) throw new ReleaseRefused('the file is not the one that was signed');
}
