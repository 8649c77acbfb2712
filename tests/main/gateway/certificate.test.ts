import { expect, test } from 'vitest';
import { channels } from '../../../contract/desktop/channels.ts';
import { createPortalClient, Unreachable } from '../../../src-main/gateway/portal-client.ts';
import { getPortal } from '../../../contract/portal.ts';
import { FakeKeytar } from '../../helpers/fake-keytar.ts';
import { startMainProcess } from '../../helpers/main-process.ts';
import { startPortalStandIn } from '../../helpers/portal-stand-in.ts';
import { startUntrustedPortal } from '../../helpers/self-signed.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

test('a server that cannot show who it is gets no request, and the person is told why', async () => {
  const [portal, untrusted] = [await startPortalStandIn(), await startUntrustedPortal()];
  const main = await startMainProcess({
    userData: await temporaryFolder(),
    keytar: new FakeKeytar(),
    portal: portal.origin,
  });
  expect(await main.send(channels.portalSet, untrusted.origin)).toMatchObject({
    ok: false,
    problem: { code: 'certificate_untrusted' },
  });
  expect(await main.send(channels.portalGet)).toEqual({ address: portal.origin });
  expect(untrusted.asked()).toBe(0);
});

test.each([
  'net::ERR_CERT_AUTHORITY_INVALID',
  'net::ERR_CERT_COMMON_NAME_INVALID',
  'net::ERR_CERT_DATE_INVALID',
  'net::ERR_CERT_REVOKED',
])('Chromium says %s: nothing was sent', async (message) => {
  const client = createPortalClient(() => Promise.reject(new Error(message)));
  const error: unknown = await client
    .ask('https://portal.vzorec.si', { operation: getPortal })
    .catch((e: unknown) => e);
  expect(error).toBeInstanceOf(Unreachable);
  expect(error).toMatchObject({ isUntrusted: true, mayHaveArrived: false });
});

test.each(['net::ERR_INTERNET_DISCONNECTED', 'net::ERR_SSL_PROTOCOL_ERROR'])(
  '%s is no certificate',
  async (message) => {
    const client = createPortalClient(() => Promise.reject(new Error(message)));
    await expect(client.ask('https://portal.vzorec.si', { operation: getPortal })).rejects.toMatchObject({
      isUntrusted: false,
    });
  },
);
