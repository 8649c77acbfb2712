import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readArguments, UsageError } from '../../server/cli/command.ts';
import { sample } from '../../server/cli/sample.ts';
import { generateBillingFile, type SampleOptions } from '../../server/sample/billing-file.ts';

const options: SampleOptions = { payers: 90, months: 2, seed: 3, until: '2026-01', buildings: 4 };
const write = (given: Partial<SampleOptions> = {}) => [...generateBillingFile({ ...options, ...given })].join('');
const rows = (text: string) => {
  const [header, ...lines] = text.split('\r\n').slice(0, -1);
  const names = header!.split(';');
  return lines.map((line) => Object.fromEntries(line.split(';').map((cell, index) => [names[index]!, cell])));
};

describe('the sample billing file', () => {
  it('is the same for the same options, and another one for another seed', () => {
    expect(write()).toBe(write());
    expect(write({ seed: 4 })).not.toBe(write());
  });

  it('has the payers, buildings and months it was asked for', () => {
    const all = rows(write());
    const different = (column: string) => new Set(all.map((row) => row[column])).size;
    expect([different('sifra_placnika'), different('stavba'), different('racun')]).toEqual([90, 4, 180]);
    expect([...new Set(all.map((row) => row['obdobje']))]).toEqual(['2025-12', '2026-01']);
  });

  it('keeps its people when more months are asked for', () => {
    const people = (text: string) => new Set(rows(text).map((row) => `${row['sifra_placnika']} ${row['placnik']}`));
    expect(people(write({ months: 5 }))).toEqual(people(write()));
  });

  it('shows a bit of everything', () => {
    const all = rows(write({ payers: 600, buildings: 20 }));
    const items = all.filter((row) => row['vrsta_vrstice'] === '');
    const values = (column: string) => new Set(items.map((row) => row[column]));
    expect(values('e_racun')).toEqual(new Set(['', 'email', 'banka', 'bizbox', 'imdocs']));
    expect(values('vrsta_enote')).toEqual(new Set(['stanovanje', 'poslovni prostor', 'garaza']));
    expect(values('ddv_stopnja')).toEqual(new Set(['22', '9,5', '0']));
    expect(values('nalog_iban').size).toBeGreaterThan(2);
    expect(values('obvestilo').size).toBeGreaterThan(2);
    const open = all.length - items.length;
    expect([open > 30, open < 200]).toEqual([true, true]);
    expect(/[čšžćđ]/.test(all.map((row) => row['placnik']).join(''))).toBe(true);
  });

  it('heats in winter only', () => {
    const items = (until: string) => rows(write({ until, months: 1 })).map((row) => row['postavka']!);
    expect(items('2026-01').some((item) => item.startsWith('Ogrevanje'))).toBe(true);
    expect(items('2026-07').some((item) => item.startsWith('Ogrevanje'))).toBe(false);
  });

  it('has funds in which each month begins with what the one before left', () => {
    const balances = new Map<string, string>();
    let [months, repairs] = [0, 0];
    for (const row of rows(write({ months: 14 })).filter(({ sklad_stanje: balance }) => balance !== '')) {
      const key = `${row['stavba']} ${row['obdobje']}`;
      if (balances.get(row['stavba']!) === `${key} ${row['sklad_stanje']}`) continue;
      const before = balances.get(row['stavba']!)?.split(' ').at(-1);
      if (before !== undefined) expect(row['sklad_zacetek']).toBe(before);
      balances.set(row['stavba']!, `${key} ${row['sklad_stanje']}`);
      months += 1;
      if (row['sklad_poraba'] !== '0,00') repairs += 1;
    }
    expect([months, repairs]).toEqual([4 * 14, expect.toSatisfy((count: number) => count >= 4 && count <= 8)]);
  });

  it('is the one of the documentation', () => {
    const kept = readFileSync(new URL('../../docs/billing-file-sample.csv', import.meta.url), 'utf8');
    const made = [...generateBillingFile({ payers: 3, months: 1, seed: 1, until: '2026-10' })].join('');
    expect(kept.replaceAll('\r\n', '\n')).toBe(made.replaceAll('\r\n', '\n'));
    expect(made).toMatch(/odprto.*\r\n/);
  });

  it('comes in pieces, never as a whole', () => {
    const sizes = [...generateBillingFile({ ...options, payers: 3000 })].map((piece) => piece.length);
    expect(sizes.length).toBeGreaterThan(50);
    expect(Math.max(...sizes)).toBeLessThan(100_000);
  });
});

describe('iiportal sample', () => {
  const run = (...line: string[]) => sample.run(readArguments(sample, line));

  it('writes a file, and not over one that is there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'iiportal-sample-'));
    try {
      const out = join(folder, 'a.csv');
      await run(
        '--payers',
        '90',
        '--months',
        '2',
        '--seed',
        '3',
        '--until',
        '2026-01',
        '--buildings',
        '4',
        '--out',
        out,
      );
      expect(readFileSync(out, 'utf8')).toBe(write());
      await expect(run('--out', out)).rejects.toThrow(UsageError);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([
    ['--payers', '0'],
    ['--months', 'two'],
    ['--until', '2026-13'],
    ['--seed', '1.5'],
  ])('refuses %s %s', (...line) => expect(run(...line)).rejects.toThrow(UsageError));
});
