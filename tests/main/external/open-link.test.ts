import { describe, expect, test } from 'vitest';
import { listManagers } from '../../../contract/account-payers.ts';
import { getPortal } from '../../../contract/portal.ts';
import type { Endpoint } from '../../../contract/endpoint.ts';
import { getSession } from '../../../contract/session.ts';
import { getSlip } from '../../../contract/slips.ts';
import { createKnownOffices } from '../../../src-main/external/known-offices.ts';
import { allowedLink, createOpenLink } from '../../../src-main/external/open-link.ts';
import type { Gateway } from '../../../src-main/gateway/gateway.ts';
import { memoryLog } from '../../helpers/memory-log.ts';

const portal = 'https://portal.vzorec.si';
const office = 'pisarna@vzorec.si';
const offices = { has: (email: string) => email === office };
const allowed = (text: string) => allowedLink(text, { portal, offices });

describe('a link that leaves the program', () => {
  test.each([
    [portal, `${portal}/`],
    [`${portal}/pogoji?jezik=sl#konec`, `${portal}/pogoji?jezik=sl#konec`],
    ['HTTPS://PORTAL.VZOREC.SI/Pogoji', `${portal}/Pogoji`],
    [`mailto:${office}`, `mailto:${office}`],
    ['MAILTO:Pisarna@Vzorec.si', `mailto:${office}`],
  ])('%s is opened as %s', (text, opened) => {
    expect(allowed(text)).toBe(opened);
  });

  test.each([
    ['another host', 'https://example.com/'],
    ['a host that begins alike', 'https://portal.vzorec.si.example.com/'],
    ['a host that ends alike', 'https://xportal.vzorec.si/'],
    ['another port', 'https://portal.vzorec.si:8443/'],
    ['a dot at the end of the host', 'https://portal.vzorec.si./'],
    ['http', 'http://portal.vzorec.si/'],
    ['credentials that look like the host', 'https://portal.vzorec.si@example.com/'],
    ['credentials for the host', 'https://ana:geslo@portal.vzorec.si/'],
    ['a name without a password', 'https://ana@portal.vzorec.si/'],
    ['letters that look alike', 'https://pоrtal.vzorec.si/'],
    ['the same in punycode', 'https://xn--prtal-eqe.vzorec.si/'],
    ['wide letters, which parsers narrow', 'https://ｐortal.vzorec.si/'],
    ['a backslash, which browsers take for a slash', 'https://example.com\\@portal.vzorec.si/'],
    ['backslashes for slashes', 'https:\\\\portal.vzorec.si\\'],
    ['a tab, which parsers drop', 'https://portal.vzorec.si\t.example.com/'],
    ['a tab in the scheme', 'java\tscript:alert(1)'],
    ['a line end', 'https://portal.vzorec.si/\r\nSubject: x'],
    ['a NUL', 'https://portal.vzorec.si/\0'],
    ['a space before', ' https://portal.vzorec.si/'],
    ['no scheme', '//portal.vzorec.si/'],
    ['nothing', ''],
    ['too much', `${portal}/${'x'.repeat(500)}`],
    ['a script', 'javascript:alert(1)'],
    ['a script in capitals', 'JaVaScRiPt:alert(1)'],
    ['data', 'data:text/html,<script>alert(1)</script>'],
    ['a file', 'file:///etc/passwd'],
    ['a share', '\\\\example.com\\share\\program.exe'],
    ['a share with slashes', '//example.com/share/program.exe'],
    ['a share as a file', 'file://example.com/share/program.exe'],
    ["a program's own scheme", 'ms-msdt:/id'],
    ['our own scheme', 'iiportal://register?code=1'],
    ['our own page', 'app://iiportal/index.html'],
    ['a blob', `blob:${portal}/0`],
    ['the source of a page', `view-source:${portal}/`],
    ['a call', 'tel:+38614000000'],
    ['a mail to somebody else', 'mailto:tujec@example.com'],
    ['a mail to a second one', `mailto:${office},tujec@example.com`],
    ['a mail to a second one, hidden', `mailto:${office}%2Ctujec@example.com`],
    ['a mail with a copy', `mailto:${office}?bcc=tujec@example.com`],
    ['a mail with a file', `mailto:${office}?attach=/etc/passwd`],
    ['a mail with a part', `mailto:${office}#x`],
    ['a mail to nobody', 'mailto:'],
    ['a mail in the form of a host', `mailto://${office}`],
  ])('%s is not opened', (_, text) => {
    expect(allowed(text)).toBeNull();
  });

  test('to the portal is not opened where there is none, or only one without https', () => {
    expect(allowedLink(portal, { portal: null, offices })).toBeNull();
    expect(allowedLink('http://127.0.0.1:3000/', { portal: 'http://127.0.0.1:3000', offices })).toBeNull();
  });

  test('goes to the system when it is good, and says when there is no program for it', async () => {
    const opened: string[] = [];
    const { log } = memoryLog();
    const openLink = createOpenLink({
      portal: () => portal,
      offices,
      openExternal: (url) => {
        opened.push(url);
        return url.startsWith('mailto:') ? Promise.reject(new Error('no handler')) : Promise.resolve();
      },
      log,
    });
    await openLink(`${portal}/pomoč`).catch((error: Error) => expect(error.message).toBe('forbidden'));
    expect(await openLink(`${portal}/pomoc`)).toBeNull();
    await expect(openLink('https://example.com/')).rejects.toThrow('forbidden');
    await expect(openLink(`mailto:${office}`)).rejects.toThrow('no_program');
    expect(opened).toEqual([`${portal}/pomoc`, `mailto:${office}`]);
  });
});

describe('the offices that may be written to', () => {
  const manager = (email: string | null) => ({ email, name: 'x' });

  async function hearing(operation: Endpoint, answer: unknown, status = 200) {
    const known = createKnownOffices();
    const body = new TextEncoder().encode(JSON.stringify(answer));
    const gateway = { ask: () => Promise.resolve({ asOf: null, answer: { status, body } }) } as unknown as Gateway;
    await known.hearing(gateway).ask({ operation });
    return known;
  }

  test('are those that the portal named to the window', async () => {
    const portalAnswer = { manager: manager('A@vzorec.si'), managers: [manager(null), manager('b@vzorec.si')] };
    const known = await hearing(getPortal, portalAnswer);
    expect([known.has('a@vzorec.si'), known.has('b@vzorec.si'), known.has('c@vzorec.si')]).toEqual([true, true, false]);
    expect((await hearing(getSlip, { manager: manager(office) })).has(office)).toBe(true);
    expect((await hearing(listManagers, { items: [manager(office)] })).has(office)).toBe(true);
  });

  test('are not in other answers, nor in refusals', async () => {
    expect((await hearing(getSession, { manager: manager(office) })).has(office)).toBe(false);
    expect((await hearing(getPortal, { manager: manager(office), managers: [] }, 404)).has(office)).toBe(false);
    for (const answer of [undefined, null, 1, [], { manager: 'x' }, { managers: {} }]) {
      expect((await hearing(getPortal, answer)).has(office)).toBe(false);
    }
  });

  test('have addresses that mean nothing else in a link', async () => {
    for (const email of [
      'a@b.si?attach=/etc/passwd',
      'a@b.si,c@d.si',
      'a%0a@b.si',
      '"a b"@c.si',
      'a@b.si\r\nBcc: c@d.si',
      '-a@b.si',
    ]) {
      expect((await hearing(getPortal, { manager: manager(email), managers: [] })).has(email), email).toBe(false);
    }
  });
});
