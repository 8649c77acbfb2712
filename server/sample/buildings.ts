import { seeded, type Random } from './random.ts';
import { companies, firstNames, lastNames, streets } from './words.ts';

export interface SampleUnit {
  readonly name: string;
  readonly kind: 'stanovanje' | 'poslovni prostor' | 'garaza';
  /** Square metres and tenths, as whole tenths. */
  readonly areaTenths: number;
  readonly persons: number;
}

export interface SamplePayer {
  readonly code: string;
  readonly name: string;
  readonly street: string;
  readonly postCode: string;
  readonly town: string;
  readonly taxNumber: string;
  readonly email: string;
  readonly channel: '' | 'email' | 'banka' | 'bizbox' | 'imdocs';
  readonly units: readonly SampleUnit[];
}

export interface SampleBuilding {
  readonly name: string;
  readonly fundIban: string;
  readonly payers: readonly SamplePayer[];
}

/** Accounts of the unassigned bank 99: valid in form, nobody's. */
const fundIbans = [
  'SI56990000011111127',
  'SI56990000022222283',
  'SI56990000033333342',
  'SI56990000044444498',
  'SI56990000055555557',
] as const;

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/[^a-z]/g, '');

function channelOf(random: Random): SamplePayer['channel'] {
  const share = random.next();
  if (share < 0.45) return '';
  if (share < 0.7) return 'email';
  if (share < 0.9) return 'banka';
  return share < 0.96 ? 'bizbox' : 'imdocs';
}

function unitsOf(random: Random, number: number, isBusiness: boolean): SampleUnit[] {
  const main: SampleUnit = isBusiness
    ? { name: `P${number}`, kind: 'poslovni prostor', areaTenths: random.int(320, 1650), persons: random.int(1, 6) }
    : { name: String(number), kind: 'stanovanje', areaTenths: random.int(285, 1040), persons: random.int(1, 5) };
  const garage: SampleUnit = { name: `G${number}`, kind: 'garaza', areaTenths: random.int(120, 185), persons: 1 };
  return random.chance(0.12) ? [main, garage] : [main];
}

function payerOf(
  random: Random,
  home: Pick<SamplePayer, 'street' | 'postCode' | 'town'>,
  code: number,
  number: number,
) {
  const isBusiness = random.chance(0.06);
  const [first, last] = [random.pick(firstNames), random.pick(lastNames)];
  const channel = channelOf(random);
  const hasEmail = channel === 'email' || random.chance(0.3);
  const elsewhere = random.chance(0.08) ? random.pick(streets) : undefined;
  const address = elsewhere
    ? { street: `${elsewhere.name} ${random.int(1, 180)}`, postCode: elsewhere.postCode, town: elsewhere.town }
    : home;
  return {
    code: String(code),
    name: isBusiness ? random.pick(companies) : `${last} ${first}`,
    ...address,
    // No Slovene tax number begins with a zero: this one is nobody's.
    taxNumber: isBusiness ? `SI0${random.int(1_000_000, 9_999_999)}` : '',
    email: hasEmail ? `${plain(first)}.${plain(last)}.${code}@posta.example` : '',
    channel,
    units: unitsOf(random, number, isBusiness),
  };
}

/** A building with so many payers; the same one for the same seed and index. Two buildings never share a name. */
export function sampleBuilding(seed: number, index: number, firstCode: number, payers: number): SampleBuilding {
  const random = seeded(seed, 'building', index);
  const street = streets[index % streets.length]!;
  const houseNumber = 2 + 3 * Math.floor(index / streets.length) + random.int(0, 2);
  const home = { street: `${street.name} ${houseNumber}`, postCode: street.postCode, town: street.town };
  return {
    name: home.street,
    fundIban: fundIbans[index % fundIbans.length]!,
    payers: Array.from({ length: payers }, (_, place) => payerOf(random, home, firstCode + place, place + 1)),
  };
}
