import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { memoryLog } from '../helpers/memory-log.ts';

/** What a line of the log says of it. */
function logged(details: Record<string, unknown>): string {
  const { log, lines } = memoryLog();
  log.error('failed', details);
  return lines.join('');
}

describe('the log', () => {
  test('holds no secrets, whatever it is given', () => {
    const token = 'q'.repeat(43);
    const error = new Error(`refused: Bearer ${token}`, { cause: { authorization: 'Bearer abc' } });
    const line = logged({ token: 'abc', password: 'abc', nested: [{ cacheKey: 'abc' }], text: `x ${token} y`, error });
    expect(line).not.toMatch(/abc|qqqq/);
    expect(JSON.parse(line)).toMatchObject({ level: 'error', event: 'failed', time: '1970-01-01T00:00:00.000Z' });
  });

  test('names no person: no e-mail address, no home folder', () => {
    const path = join(homedir(), 'Prejemi', 'pisma.pdf');
    const error = new Error(`ENOENT: no such file, open '${path}'`);
    const line = logged({ error, text: 'to "ana.novak@primer.si"', where: `in ${path}` });
    expect(line).not.toContain(homedir());
    expect(line).not.toMatch(/ana|primer|pisma/);
    expect(JSON.parse(line)).toMatchObject({ error: { message: expect.stringContaining('ENOENT') as string } });
  });

  test.each([
    ['an e-mail address', 'no mailbox ana.novak@primer.si here', /ana|primer/],
    ['an IBAN', 'bad account SI56 1910 0000 0123 438 of it', /1910|438/],
    ['an IBAN without spaces', 'bad account SI56191000000123438', /1910|438/],
    ['an amount', 'cannot pay 1.204,55 EUR', /204|55/],
    ["a payer's code", 'no payer 104211', /104211/],
    ['a telephone', 'call 041 123 456', /123/],
    ['a reference', 'SI12 1042112026100', /1042112026100/],
    ['the words of a file', 'Unexpected token, "{"name": "Ana Novak", "to" is not valid JSON', /Ana|Novak/],
    [
      'an address with what was asked for',
      'GET https://portal.vzorec.si/api/v1/payers?search=Novak&x=1 failed',
      /Novak/,
    ],
    ['an address with a password', 'GET https://ana:geslo@portal.vzorec.si/ failed', /ana|geslo/],
    ['a folder on Windows', 'EPERM: C:\\Users\\Ana Novak\\AppData failed', /Ana/],
    ['a folder on macOS', 'EPERM: /Users/ana/Library/x.log failed', /ana|x\.log/],
    ['an id', 'slip 0123456789abcdef0123456789abcdef is odd', /0123456789abcdef/],
  ])('has no trace of %s in an odd message', (_, message, trace) => {
    expect(logged({ error: new Error(message) })).not.toMatch(trace);
  });

  test('keeps what helps: the class, the code, the place, who was asked', () => {
    const error = Object.assign(
      new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:54321') }),
      {
        code: 'ERR_ODD',
      },
    );
    const line = JSON.parse(
      logged({ error, operation: 'slips.list', text: 'at https://portal.vzorec.si/x' }),
    ) as object;
    expect(line).toMatchObject({
      operation: 'slips.list',
      text: 'at https://portal.vzorec.si',
      error: {
        name: 'TypeError',
        code: 'ERR_ODD',
        message: 'fetch failed',
        at: expect.arrayContaining([expect.stringContaining('log.test.ts:')]) as string[],
        cause: { message: 'connect ECONNREFUSED 127.0.0.1:54321' },
      },
    });
    expect(JSON.stringify(line)).not.toContain(process.cwd());
  });

  test('says of a wrong answer where it is wrong, not what stood there', () => {
    const { error } = z.object({ name: z.enum(['a']) }).safeParse({ name: 'Ana Novak' });
    const line = JSON.parse(logged({ error })) as { error: { message: string } };
    expect(line.error.message).toBe('name: invalid_value');
  });

  test('does not write fields that promise a person', () => {
    const line = logged({
      email: 'x',
      firstName: 'Ana',
      payerCode: '7',
      iban: '1',
      totalCents: 12,
      fileName: 'Ana.pdf',
    });
    expect(line).not.toMatch(/Ana|"7"|12|"x"/);
  });
});
