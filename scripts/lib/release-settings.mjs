import { createPublicKey } from 'node:crypto';
import { Problem } from './say.mjs';

/** What a release needs besides its code, by the system it is packaged on; each is the publisher's, none is in here. */
const wanted = {
  IIPORTAL_UPDATES_ADDRESS: () => true,
  IIPORTAL_UPDATES_KEY: () => true,
  IIPORTAL_PUBLISHER: (platform) => platform === 'win32',
  IIPORTAL_HOMEPAGE: (platform) => platform === 'linux',
  IIPORTAL_MAINTAINER: (platform) => platform === 'linux',
};

/**
 * electron-builder's settings for a release, from the environment; null when none is named: then the program that is
 * packaged does not renew itself, and is signed only if the machine happens to have a certificate.
 */
export function releaseSettings(env, platform) {
  const names = Object.keys(wanted).filter((name) => wanted[name](platform));
  const missing = names.filter((name) => !env[name]);
  if (missing.length === names.length) return null;
  if (missing.length > 0) throw new Problem(`A release also needs ${missing.join(', ')}: see docs/release.md.`);
  return {
    ...updateSettings(env.IIPORTAL_UPDATES_ADDRESS, env.IIPORTAL_UPDATES_KEY),
    ...(platform === 'win32' && {
      forceCodeSigning: 'true',
      'win.signtoolOptions.publisherName': env.IIPORTAL_PUBLISHER,
    }),
    ...(platform === 'darwin' && { forceCodeSigning: 'true', 'mac.notarize': 'true' }),
    ...(platform === 'linux' && {
      'extraMetadata.homepage': env.IIPORTAL_HOMEPAGE,
      'linux.maintainer': env.IIPORTAL_MAINTAINER,
    }),
  };
}

/** Where the packaged program looks for newer versions, and whose signature it takes. */
export function updateSettings(address, publicKey) {
  return {
    'publish.provider': 'generic',
    'publish.url': checkedAddress(address),
    'extraMetadata.updates.address': checkedAddress(address),
    'extraMetadata.updates.publicKey': checkedKey(publicKey),
  };
}

function checkedAddress(address) {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isHere = url?.protocol === 'http:' && url.hostname === '127.0.0.1';
  if (url?.protocol === 'https:' || isHere) return url.href;
  throw new Problem('IIPORTAL_UPDATES_ADDRESS must be an address with https.');
}

function checkedKey(text) {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    if (key.asymmetricKeyType === 'ed25519') return text;
  } catch {
    // Said below.
  }
  throw new Problem('IIPORTAL_UPDATES_KEY is no public key as "npm run release -- key" writes it.');
}
