import { describe, expect, test } from 'vitest';
import { registrationLink } from '../../../contract/deep-link.ts';
import { channels } from '../../../contract/desktop/channels.ts';
import { createDeepLinks } from '../../../src-main/deep-link/deep-links.ts';
import { FakeKeytar } from '../../helpers/fake-keytar.ts';
import { startMainProcess } from '../../helpers/main-process.ts';
import { memoryLog } from '../../helpers/memory-log.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

const link = { portal: 'https://portal.upravnik.si', manager: '0123456789abcdef0123456789abcdef', code: '104217' };
const text = registrationLink(link);

function setUp() {
  const { log, lines } = memoryLog();
  let told = 0;
  return { links: createDeepLinks({ onLink: () => (told += 1), log }), lines, told: () => told };
}

describe('a link that the system gives the program', () => {
  test('waits to be taken, once', () => {
    const { links, told } = setUp();
    expect(links.take()).toBeNull();
    links.receive(text);
    expect([told(), links.take(), links.take()]).toEqual([1, link, null]);
  });

  test.each([
    [['C:\\Program Files\\iiPortal\\iiPortal.exe', text]],
    [['/opt/iiPortal/iiportal', '--no-sandbox', text, '--allow-file-access-from-files']],
    [['electron', '/home/ana/iiportal', text.replace('iiportal:', 'IIPORTAL:')]],
  ])('is found among the arguments %j', (argv) => {
    const { links } = setUp();
    links.receive(argv);
    expect(links.take()).toEqual(link);
  });

  test('the newer one counts', () => {
    const { links } = setUp();
    links.receive(text);
    links.receive(registrationLink({ ...link, code: '104218' }));
    expect(links.take()).toEqual({ ...link, code: '104218' });
  });

  test.each([
    [['iiportal', '--portal=https://zlo.example']],
    [['iiportal', 'https://portal.upravnik.si/register?code=1']],
    [[`--${text}`]],
    [[]],
  ])('is not made of the arguments %j, which say nothing of us', (argv) => {
    const { links, lines, told } = setUp();
    links.receive(argv);
    expect([links.take(), told(), lines]).toEqual([null, 0, []]);
  });

  test.each([
    [[text, text]],
    [[text, 'iiportal://register']],
    [['iiportal://sign-out']],
    [[`${text}&slipPassword=K7QM3XRT9WVDT`]],
    [['iiportal:']],
  ])('is refused as %j; what it said is in no log, and the one before it stays', (argv) => {
    const { links, lines, told } = setUp();
    links.receive(text);
    links.receive(argv);
    expect([links.take(), told()]).toEqual([link, 1]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('link_refused');
    expect(lines.join()).not.toMatch(/104217|K7QM|sign-out/);
  });

  test('reaches the window as what it says, and nothing else', async () => {
    const main = await startMainProcess({
      userData: await temporaryFolder(),
      keytar: new FakeKeytar(),
      portal: 'https://portal.vzorec.si',
    });
    main.links.receive(['iiportal', text]);
    expect(await main.send(channels.takeLink)).toEqual(link);
    expect(await main.send(channels.takeLink)).toBeNull();
    expect(main.settings.get().portal, 'nothing was done').toBe('https://portal.vzorec.si');
  });
});
