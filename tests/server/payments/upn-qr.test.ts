import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatUpnAmount, maxAmountCents, upnAmount } from '../../../server/payments/amount.ts';
import { latin2Bytes } from '../../../server/payments/latin2.ts';
import {
  fitUpnText,
  parseUpnLeniently,
  parseUpnStrictly,
  upnControlSum,
  upnFieldLimits,
  upnFieldNames,
  upnMaxLength,
  upnPayload,
  writeUpn,
  type UpnFieldName,
  type UpnFields,
  type UpnOrder,
} from '../../../server/payments/upn-qr.ts';
import { symbolPath, upnSymbol, type UpnMask } from '../../../server/payments/upn-symbol.ts';
import { drawPath } from '../../helpers/symbol-path.ts';
import { drawModules, readSymbols } from '../../helpers/read-symbol.ts';
import vectors from './fixtures/upn-vectors.json' with { type: 'json' };

function written(bill: UpnOrder): string {
  const result = upnPayload(bill);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.payload;
}

const toFields = (values: readonly string[]) =>
  Object.fromEntries(upnFieldNames.map((name, index) => [name, values[index] ?? ''])) as UpnFields;

/** Content of the vector is nonsense: it shows lengths alone. */
const lengthOnly = 'own-max-length';
const order: UpnOrder = {
  payerName: 'Čehovin Žan',
  payerStreet: 'Šišenska cesta 5',
  payerTown: '1000 Ljubljana',
  amountCents: 12345,
  purposeCode: 'COST',
  purpose: 'Razdelilnik 06/2026, plačnik 104217',
  dueDate: '2026-07-20',
  iban: 'SI56990000012345646',
  reference: 'SI121042172026067',
  recipientName: 'Upravnik Vzorec d.o.o.',
  recipientStreet: 'Vzorčna ulica 1',
  recipientTown: '1000 Ljubljana',
};

describe('UPN QR payload', () => {
  it('has fields whose limits fill the symbol exactly', () => {
    expect(upnFieldNames.map((name) => upnFieldLimits[name])).toEqual(vectors.limits.fieldMaxLengths);
    const characters = Object.values(upnFieldLimits).reduce((sum, limit) => sum + limit, 0);
    expect(characters + upnFieldNames.length).toBe(upnMaxLength);
  });

  it.each(vectors.upn)('$id is written as its source has it', ({ fields, payload, controlSum, latin2Sha256 }) => {
    const ours = toFields(fields);
    expect(upnControlSum(ours)).toBe(controlSum);
    expect(writeUpn(ours)).toBe(payload);
    expect(createHash('sha256').update(latin2Bytes(payload)).digest('hex')).toBe(latin2Sha256);
  });

  it('has a control sum of three digits, however little there is', () => {
    // The header, eleven digits of the amount, and nineteen line feeds.
    expect(upnControlSum(toFields(['UPNQR', '', '', '', '', '', '', '', '00000000000']))).toBe('035');
  });

  it.each(vectors.upn.filter(({ id }) => id !== lengthOnly))('$id is read strictly', ({ fields, payload }) => {
    expect(parseUpnStrictly(payload)).toEqual({ ok: true, fields: toFields(fields) });
  });

  it.each(vectors.upnInvalidStrict)('$id is refused: $reason', ({ payload }) => {
    expect(parseUpnStrictly(payload).ok).toBe(false);
  });

  it.each(vectors.upnLenientParse)('$id is read leniently', ({ id, payload }) => {
    const read = parseUpnLeniently(payload);
    const expected = toFields(vectors.upn[0]?.fields ?? []);
    const due = id === 'date-spaces' ? { dueDate: '17.04.2026', controlSum: '203' } : {};
    expect(read).toEqual({ ok: true, fields: { ...expected, ...due } });
  });

  describe('is read leniently where a bill in the wild has', () => {
    const [, , , , , , , , ...rest] = vectors.upn[0]?.fields ?? [];
    const read = (changes: Partial<UpnFields>) => {
      const given = { ...toFields(['UPNQR', '', '', '', '', '', '', '', ...rest]), ...changes };
      const result = parseUpnLeniently(writeUpn(given));
      if (!result.ok) throw new Error(JSON.stringify(result.faults));
      return result.fields;
    };

    it.each([
      ['a date with blanks', { dueDate: '17. 04. 2026' }, { dueDate: '17.04.2026' }],
      ['a date with hard blanks and single digits', { dueDate: '7.\u00a04.\u00a02026' }, { dueDate: '07.04.2026' }],
      ['no due date', { dueDate: '' }, { dueDate: '' }],
      ['a name of 45 characters', { name: 'N'.repeat(45) }, { name: 'N'.repeat(45) }],
      ['nothing to pay', { amount: '00000000000' }, { amount: '00000000000' }],
      ['no amount', { amount: '' }, { amount: '00000000000' }],
      ['an amount that is not filled up', { amount: '8105' }, { amount: '00000008105' }],
      [
        'letters of Windows-1250',
        { town: '\u008eu\u009eemberk pri \u008aentvidu' },
        { town: 'Žužemberk pri Šentvidu' },
      ],
      ['control characters that no code has', { town: 'Novo\u0081 mesto\u0090' }, { town: 'Novo mesto' }],
      ['an account in groups', { iban: 'SI56 0201 7001 4356 205' }, { iban: 'SI56020170014356205' }],
      ['a reference in groups', { reference: 'SI12 1234567890120' }, { reference: 'SI121234567890120' }],
      ['blanks around a field', { street: ' Pohorska ulica 22 ' }, { street: 'Pohorska ulica 22' }],
      ['a wrong control sum', { controlSum: '999' }, { controlSum: '999' }],
    ])('%s', (_, written, expected) => expect(read(written)).toMatchObject(expected));

    it('several lines after field 20, closed by CR alone', () => {
      const [bill] = vectors.upn;
      const payload = `${bill?.payload ?? ''}EMAIL:info@example.com\nTEL:01 234 56 78\n`.replaceAll('\n', '\r');
      expect(parseUpnLeniently(payload)).toEqual({ ok: true, fields: toFields(bill?.fields ?? []) });
    });

    it.each([
      ['another header', { header: 'BCD' }, { field: 'header', rule: 'header' }],
      ['an account that is mistyped', { iban: 'SI56020170014356206' }, { field: 'iban', rule: 'iban' }],
      ['an amount of letters', { amount: '81,05' }, { field: 'amount', rule: 'amount' }],
    ])('but not %s', (_, written, fault) => {
      const given = { ...toFields(vectors.upn[0]?.fields ?? []), ...written };
      expect(parseUpnLeniently(writeUpn(given))).toEqual({ ok: false, faults: [fault] });
    });
  });

  it('leaves empty what a registered issuer leaves empty, and pads nothing', () => {
    const lines = written(order).split('\n');
    for (const field of ['payerIban', 'deposit', 'withdrawal', 'payerReference', 'paymentDate', 'urgent'] as const)
      expect(lines[upnFieldNames.indexOf(field)]).toBe('');
    expect(lines.every((line) => line === line.trim())).toBe(true);
    expect(lines.at(-1)).toBe('');
  });

  it('counts characters of Latin 2, not bytes of UTF-8, and takes apart what is composed of two', () => {
    const composed = { ...order, payerName: 'C\u030cehovin Z\u030can' };
    expect(written(composed)).toBe(written(order));
  });

  it("makes the worked example of a manager's bill", () => {
    expect(written(order)).toBe(
      'UPNQR\n\n\n\n\nČehovin Žan\nŠišenska cesta 5\n1000 Ljubljana\n00000012345\n\n\nCOST\nRazdelilnik 06/2026, plačnik 104217\n20.07.2026\nSI56990000012345646\nSI121042172026067\nUpravnik Vzorec d.o.o.\nVzorčna ulica 1\n1000 Ljubljana\n212\n',
    );
  });

  it.each([
    [{ iban: 'SI56990000012345647' }, { field: 'iban', rule: 'iban' }],
    [{ reference: 'SI121042172026068' }, { field: 'reference', rule: 'reference' }],
    [{ reference: '' }, { field: 'reference', rule: 'required' }],
    [{ amountCents: -5 }, { field: 'amount', rule: 'amount' }],
    [{ amountCents: 0 }, { field: 'amount', rule: 'required' }],
    [{ amountCents: 100_000_000_000 }, { field: 'amount', rule: 'amount' }],
    [{ purposeCode: 'cost' }, { field: 'purposeCode', rule: 'purpose_code' }],
    [{ dueDate: '2026-02-30' }, { field: 'dueDate', rule: 'date' }],
    [{ payerName: 'Иван' }, { field: 'payerName', rule: 'not_latin2' }],
  ])('is not made of %j', (wrong, fault) => {
    expect(upnPayload({ ...order, ...wrong })).toMatchObject({
      ok: false,
      faults: expect.arrayContaining([fault]) as unknown,
    });
  });

  it.each([
    ['Večstanovanjska stavba Šmartinska cesta 152', 'Večstanovanjska stavba Šmartinska'],
    ['N'.repeat(40), 'N'.repeat(33)],
    ['Kratko ' + 'N'.repeat(40), 'Kratko ' + 'N'.repeat(26)],
    ['Točno trideset in tri znake je toX', 'Točno trideset in tri znake je'],
  ])('shortens %j to %j', (text, expected) => {
    expect(fitUpnText(text, 33)).toBe(expected);
  });
});

describe('UPN QR symbol', () => {
  const images = vectors.upn.flatMap(({ id, payload, officialImage }) =>
    officialImage?.matrixSha256 ? [{ id, payload, ...officialImage }] : [],
  );

  it('has the image of every official example to be compared with', () => {
    const official = vectors.upn.filter((vector) => vector.official);
    expect(official.length).toBeGreaterThanOrEqual(5);
    expect(images.map(({ id }) => id)).toEqual(official.map(({ id }) => id));
  });

  it.each(images)('of $id equals the official one module by module', ({ payload, totalLength, mask, matrixSha256 }) => {
    const rows = upnSymbol(payload.padEnd(totalLength), mask as UpnMask).map((row) => row.map(Number).join(''));
    expect(createHash('sha256').update(rows.join('\n')).digest('hex')).toBe(matrixSha256);
  });

  it.each(vectors.upn)(
    'of $id is read by others: ECI 4, version 15, level M, one byte segment',
    async ({ payload }) => {
      expect(await readSymbols(drawModules(upnSymbol(payload)))).toEqual([
        { text: payload, version: '15', level: 'M', eci: '000004', segments: ['byte'] },
      ]);
    },
  );

  it('is one path of runs, from which the modules can be read again', () => {
    for (const { payload } of vectors.upn) {
      const symbol = upnSymbol(payload);
      expect(drawPath(symbolPath(symbol))).toEqual(drawModules(symbol));
    }
  });

  const latin2 = fc.constantFrom(...printableLatin2());
  const field = (limit: number) =>
    fc
      .array(latin2, { minLength: 1, maxLength: limit })
      .map((characters) => characters.join('').replace(/ {2,}/g, ' ').trim())
      .filter((text) => text !== '');

  it('reads back whatever Latin 2 text stands in the fields', async () => {
    const texts: UpnFieldName[] = ['payerName', 'payerStreet', 'payerTown', 'purpose', 'name', 'street', 'town'];
    const filled = fc.record(Object.fromEntries(texts.map((name) => [name, field(upnFieldLimits[name])])));
    await fc.assert(
      fc.asyncProperty(filled, fc.integer({ min: 1, max: 99_999_999_999 }), async (values, amountCents) => {
        const payload = written({
          ...order,
          amountCents,
          payerName: values['payerName'] ?? '',
          payerStreet: values['payerStreet'] ?? '',
          payerTown: values['payerTown'] ?? '',
          purpose: values['purpose'] ?? '',
          recipientName: values['name'] ?? '',
          recipientStreet: values['street'] ?? '',
          recipientTown: values['town'] ?? '',
        });
        const [symbol] = await readSymbols(drawModules(upnSymbol(payload)));
        expect(symbol).toEqual({ text: payload, version: '15', level: 'M', eci: '000004', segments: ['byte'] });
        const read = parseUpnStrictly(symbol?.text ?? '');
        expect(read.ok && read.fields).toMatchObject({ ...values, amount: String(amountCents).padStart(11, '0') });
      }),
      { numRuns: 30 },
    );
  });
});

function printableLatin2(): string[] {
  const bytes = Array.from({ length: 256 }, (_, byte) => byte).filter(
    (byte) => (byte >= 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad),
  );
  return [...new TextDecoder('iso-8859-2').decode(Uint8Array.from(bytes))];
}

describe('the amount', () => {
  it.each([
    [1, '00000000001', '***0,01'],
    [10, '00000000010', '***0,10'],
    [100_000, '00000100000', '***1.000,00'],
    [maxAmountCents, '99999999999', '***999.999.999,99'],
  ])('of %i cents is %s in the code and %s in print', (cents, field, print) => {
    expect(upnAmount(cents)).toBe(field);
    expect(formatUpnAmount(cents)).toBe(print);
  });
});

describe('the amount in print', () => {
  it.each(vectors.printed.filter(({ kind }) => kind === 'amount'))('$input is $output', ({ input, output }) => {
    expect(formatUpnAmount(Number(input))).toBe(output);
  });
});
