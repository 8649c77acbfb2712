import { makeSiReference } from '../../../server/payments/si-reference.ts';
import { upnPayload } from '../../../server/payments/upn-qr.ts';

const letters = 'aeiouaeioubcčdfghjklmnprsštvzž';

/** A bill's payload with names of all lengths: what is left of the symbol is filled with the standard's pattern. */
export function randomPayload(random: () => number): string {
  const upTo = (count: number): number => Math.floor(random() * count);
  const word = (): string =>
    Array.from({ length: 3 + upTo(9) }, () => letters[upTo(letters.length)])
      .join('')
      .replace(/^./, (first) => first.toUpperCase());
  const words = (most: number): string => Array.from({ length: 1 + upTo(most) }, word).join(' ');
  const digits = (count: number): string => Array.from({ length: count }, () => upTo(10)).join('');
  const town = (): string => `${1000 + upTo(9000)} ${words(2)}`;
  const written = upnPayload({
    payerName: words(4),
    payerStreet: `${words(3)} ${1 + upTo(200)}`,
    payerTown: town(),
    amountCents: 1 + upTo(100_000),
    purposeCode: 'COST',
    purpose: `Razdelilnik 10/2026 ${words(3)}`,
    dueDate: '2026-11-20',
    iban: 'SI56990000012345646',
    reference: makeSiReference('12', [digits(12)]) ?? '',
    recipientName: `${words(3)} d.o.o.`,
    recipientStreet: `${words(2)} ${1 + upTo(200)}`,
    recipientTown: town(),
  });
  if (!written.ok) throw new Error(JSON.stringify(written.faults));
  return written.payload;
}
