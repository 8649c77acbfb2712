import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signedText } from '../../src-main/updates/release.ts';
import type { Release } from '../../src-main/updates/release.ts';

export const newKeys = () => generateKeyPairSync('ed25519');
export const publicText = (key: KeyObject) => key.export({ format: 'der', type: 'spki' }).toString('base64');

/** A release as it stands on the publisher's server. */
export interface Published {
  readonly description: Record<string, unknown>;
  readonly files: Record<string, Buffer>;
}

export interface ReleaseOptions {
  readonly version: string;
  readonly content: string;
  readonly privateKey: KeyObject;
  readonly name?: string;
  readonly descriptionName?: string;
  /** What is changed in the description after it has been signed. */
  readonly afterwards?: Record<string, unknown>;
}

export function release(options: ReleaseOptions): Published {
  const { version, privateKey, name = 'iiPortal.AppImage', descriptionName = 'latest-linux.yml' } = options;
  const content = Buffer.from(options.content);
  const sha512 = createHash('sha512').update(content).digest('base64');
  const signed: Release = { version, files: [{ url: name, sha512, size: content.length }] };
  const signature = sign(null, signedText(descriptionName, signed), privateKey).toString('base64');
  return {
    description: { ...signed, path: name, sha512, signature, ...options.afterwards },
    files: { [name]: content },
  };
}

/** A web server on this computer with what was published last; counts what it was asked for. */
export async function startReleaseServer() {
  let published: Published | null = null;
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url!, 'http://localhost').pathname.slice(1));
    asked.push(name);
    // YAML takes JSON as it is.
    const body = name.endsWith('.yml') ? published && JSON.stringify(published.description) : published?.files[name];
    if (body) response.writeHead(200, { 'Content-Length': Buffer.byteLength(body) }).end(body);
    else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    address,
    asked,
    publish: (next: Published | null) => void (published = next),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export type ReleaseServer = Awaited<ReturnType<typeof startReleaseServer>>;
