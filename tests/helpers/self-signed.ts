import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { json } from './portal-stand-in.ts';

/** Made for this test alone, and by nobody whom a computer trusts: for localhost, until 2126. */
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg8XgK0TaLnI2Lv6lQ
svCf70CYLufSuKuviD3BrSzyo/6hRANCAATv/+NXOtzfnLq7+4erYg1NfoJBh47z
LxW+fKiOC0udhCK3XLlPXQqdaEbDrtviS748Q8a3AXkRemBkM35R9fGE
-----END PRIVATE KEY-----`;
const cert = `-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUc98PEFdVbq4+BQuNkFIn3MaRB4UwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDAwMTcxMFoYDzIxMjYxMDMx
MDAxNzEwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATv/+NXOtzfnLq7+4erYg1NfoJBh47zLxW+fKiOC0udhCK3XLlPXQqd
aEbDrtviS748Q8a3AXkRemBkM35R9fGEo28wbTAdBgNVHQ4EFgQUJ9WC67gMqRlx
fTdMdbxLyRjASPMwHwYDVR0jBBgwFoAUJ9WC67gMqRlxfTdMdbxLyRjASPMwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgV3gM2wLMeuGwma/KtPLPV5zyVfk2GHNOainE69jNZ/kCIHCT
/eB9+6a0Zd0KV+6rZSFr6E76tOFZ7ltc95k0Tc23
-----END CERTIFICATE-----`;

/** What speaks like a portal, but cannot show that it is one. Counts the requests that it gets to read. */
export async function startUntrustedPortal(): Promise<{ origin: string; asked: () => number }> {
  let asked = 0;
  const server = createServer({ key, cert }, (_, response) => {
    asked += 1;
    json(response, 200, { product: 'iiPortal', version: '1', manager: null, managers: [], humanCheck: 'off' });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close().closeAllConnections());
  return { origin: `https://localhost:${(server.address() as AddressInfo).port}`, asked: () => asked };
}
