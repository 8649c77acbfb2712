import type { Payer as ContractPayer, PayerAccess, PayerDetails } from '../../../contract/payers.ts';
import type { Channel, UnitKind } from '../../../contract/slips.ts';
import { toIso } from '../../db/time.ts';
import type { SlipPassword } from '../../models/slip-password.ts';
import type { Holder } from './payer-account.queries.ts';
import type { StandingLimit } from './payer-limits.ts';

/** A payer as the list's query gives it. */
export interface PayerRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly street: string;
  readonly town: string;
  readonly email: string | null;
  readonly taxNumber: string | null;
  readonly channel: Channel;
  readonly access: PayerAccess;
}

export interface PayerUnit {
  readonly building: string;
  readonly unit: string;
  readonly kind: UnitKind;
}

/** What the slips of some payers say: the units of the newest, and the newest that is published. */
export interface PayerSlips {
  readonly units: ReadonlyMap<string, PayerUnit[]>;
  readonly lastSlip: ReadonlyMap<string, NonNullable<ContractPayer['lastSlip']>>;
}

export const presentPayer = (row: PayerRow, slips: PayerSlips): ContractPayer => ({
  id: row.id,
  code: row.code,
  name: row.name,
  street: row.street,
  town: row.town,
  email: row.email,
  channel: row.channel,
  access: row.access,
  units: (slips.units.get(row.id) ?? []).map(({ building, unit }) => `${building}, ${unit}`),
  lastSlip: slips.lastSlip.get(row.id) ?? null,
});

const presentHolder = ({ account, linkedAt, lastUsedAt, lostMail }: Holder): NonNullable<PayerDetails['account']> => ({
  firstName: account.firstName,
  lastName: account.lastName,
  email: account.email,
  emailConfirmed: account.emailConfirmedAt !== null,
  linkedAt: toIso(linkedAt),
  lastUsedAt: lastUsedAt === null ? null : toIso(lastUsedAt),
  lostMail: lostMail ? { createdAt: toIso(lostMail.createdAt), error: lostMail.lastError ?? '' } : null,
});

const isoOrNull = (instant: string | null): string | null => (instant === null ? null : toIso(instant));

const presentSlipPassword = ({
  issuedAt,
  expiresAt,
  usedAt,
  revokedAt,
}: SlipPassword): PayerDetails['slipPassword'] => ({
  issuedAt: toIso(issuedAt),
  expiresAt: toIso(expiresAt),
  usedAt: isoOrNull(usedAt),
  revokedAt: isoOrNull(revokedAt),
});

/** What is known of a payer beside its own row. */
export interface PayerFacts {
  readonly slips: PayerSlips;
  readonly holder: Holder | undefined;
  /** The newest one. */
  readonly slipPassword: SlipPassword | undefined;
  readonly limits: readonly StandingLimit[];
}

export const presentDetails = (row: PayerRow, { slips, holder, slipPassword, limits }: PayerFacts): PayerDetails => ({
  ...presentPayer(row, slips),
  taxNumber: row.taxNumber,
  premises: slips.units.get(row.id) ?? [],
  slipPassword: slipPassword ? presentSlipPassword(slipPassword) : null,
  account: holder ? presentHolder(holder) : null,
  limits: limits.map(({ what, until }) => ({ what, until: until.toISOString() })),
});
