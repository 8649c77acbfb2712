import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDeepLink, registrationLink, type RegistrationLink } from '../../contract/deep-link.ts';

const manager = '0123456789abcdef0123456789abcdef';
const link: RegistrationLink = { portal: 'https://portal.upravnik.si', manager, code: '104217' };
const good = registrationLink(link);

/** A link of these parts, as they are. */
const of = (parts: Record<string, string>, before = 'iiportal://register?') =>
  before + new URLSearchParams(parts).toString();

describe('a link to the registration', () => {
  it('says portal, manager and payer code, and no secret', () => {
    expect(good).toBe(`iiportal://register?portal=https%3A%2F%2Fportal.upravnik.si&manager=${manager}&code=104217`);
    expect(parseDeepLink(good)).toEqual(link);
  });

  it('comes back as it was made', () => {
    const hosts = fc.constantFrom('portal.upravnik.si', 'xn--ebela-gya.si', 'a.b.c.example', 'portal.si:8443');
    const codes = fc.stringMatching(/^[0-9A-Z](?:[0-9A-Z./-]{0,18}[0-9A-Z])?$/);
    fc.assert(
      fc.property(hosts, fc.stringMatching(/^[0-9a-f]{32}$/), codes, (host, id, code) => {
        const given = { portal: `https://${host}`, manager: id, code };
        expect(parseDeepLink(registrationLink(given))).toEqual(given);
      }),
    );
  });

  it('may have a slash before its question mark, and be in another order', () => {
    expect(parseDeepLink(good.replace('register?', 'register/?'))).toEqual(link);
    expect(parseDeepLink(of({ code: '104217', manager, portal: link.portal }))).toEqual(link);
    expect(parseDeepLink(of({ ...link }, 'IIPORTAL://register?'))).toEqual(link);
  });

  it.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'])(
    'may be for this very computer without TLS: %s',
    (portal) => {
      expect(parseDeepLink(registrationLink({ ...link, portal }))).toEqual({ ...link, portal });
    },
  );
});

describe('what is no link of ours', () => {
  const portals = [
    'http://portal.upravnik.si',
    'http://localhost.upravnik.si',
    'http://127.0.0.1.upravnik.si',
    'https://portal.upravnik.si/',
    'https://portal.upravnik.si/vstop',
    'https://portal.upravnik.si?x',
    'https://portal.upravnik.si#x',
    'https://portal.upravnik.si:443',
    'https://ana@portal.upravnik.si',
    'https://portal.upravnik.si@zlo.example',
    'https://PORTAL.upravnik.si',
    'https://čebela.si',
    'https://portal.upravnik.si\\@zlo.example',
    'https://portal.upravnik.si%2fzlo.example',
    'https://portal\u3002si',
    'https:portal.upravnik.si',
    '//portal.upravnik.si',
    'portal.upravnik.si',
    'ftp://portal.upravnik.si',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'app://iiportal',
    'https://',
    '',
    ' https://portal.upravnik.si',
    `https://${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.si`,
  ];

  it.each(portals)('a portal at %j', (portal) => {
    expect(parseDeepLink(of({ ...link, portal }))).toBeUndefined();
  });

  it.each(['', 'x', manager.toUpperCase(), `${manager}0`, '../payers', `${manager}\n`])('a manager %j', (id) => {
    expect(parseDeepLink(of({ ...link, manager: id }))).toBeUndefined();
  });

  it.each(['', '-', '1/', "1' or 1", '<b>1</b>', '1'.repeat(21), '１２３', '104\u200b217', '1\u0000'])(
    'a payer code %j',
    (code) => {
      expect(parseDeepLink(of({ ...link, code }))).toBeUndefined();
    },
  );

  it.each([
    ['another scheme', good.replace('iiportal:', 'https:')],
    ['a scheme that begins alike', good.replace('iiportal:', 'iiportal2:')],
    ['another deed', good.replace('register', 'sign-in')],
    ['the deed in capitals', good.replace('register', 'REGISTER')],
    ['a path', good.replace('register?', 'register/x?')],
    ['two slashes', good.replace('register?', 'register//?')],
    ['a dot path', good.replace('register?', 'register/..//?')],
    ['userinfo', good.replace('register', 'ana@register')],
    ['userinfo with a password', good.replace('register', 'ana:x@register')],
    ['a port', good.replace('register', 'register:80')],
    ['no slashes', good.replace('//', '')],
    ['three slashes', good.replace('//', '///')],
    ['a fragment', `${good}#x`],
    ['more than it should', `${good}&slipPassword=K7QM3XRT9WVDT`],
    ['a part twice', `${good}&code=104218`],
    ['a part twice, once written otherwise', `${good}&c%6fde=104218`],
    ['a part in capitals', good.replace('code=', 'CODE=')],
    ['a part that is missing', good.replace('&code=104217', '')],
    ['a prototype', `${good}&__proto__=x`],
    ['escapes that are none', good.replace('104217', '%zz')],
    ['half an escape', `${good}%`],
    ['an escaped line end', good.replace('104217', '104217%0A1')],
    ['a NUL', good.replace('104217', '1042%0017')],
    ['a space before', ` ${good}`],
    ['a line end after', `${good}\n`],
    ['a tab within', good.replace('register', 'reg\tister')],
    ['letters from beyond ASCII', good.replace('104217', '１０４２１７')],
    ['a quote, as on a command line', `${good}" --inspect`],
    ['nothing', ''],
    ['its scheme alone', 'iiportal:'],
    ['a length without end', `${good}&x=${'1'.repeat(2000)}`],
  ])('%s', (_, text) => {
    expect(parseDeepLink(text)).toBeUndefined();
  });

  it('whatever it is, is refused and not thrown at', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary-ascii' }), (text) => parseDeepLink(text) === undefined));
    fc.assert(fc.property(fc.webUrl(), (url) => parseDeepLink(url.replace(/^https?/, 'iiportal')) === undefined));
  });
});
