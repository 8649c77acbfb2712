import type { LocationQuery } from 'vue-router';
import { channelSchema } from '../../../contract/slips.ts';
import type { Channel } from '../../../contract/slips.ts';
import { payerAccessSchema } from '../../../contract/payers.ts';
import type { PayerFilter } from '../../../contract/payers.ts';

/** How the slip password stands of who has no account. */
export const passwordStates = payerAccessSchema.exclude(['registered']).options;
export type PasswordState = (typeof passwordStates)[number];

/** What the table of payers is narrowed to; empty is all. */
export interface PayerFilters {
  readonly search: string;
  readonly buildingId: string;
  /** Its name, for who looks at the filter. */
  readonly building: string;
  readonly account: 'true' | 'false' | '';
  readonly password: PasswordState | '';
  readonly channel: Channel | '';
  readonly unconfirmed: boolean;
}

export const noFilters: PayerFilters = {
  ...{ search: '', buildingId: '', building: '', account: '', password: '', channel: '', unconfirmed: false },
};

/** As the portal is asked. */
export const toQuery = (filters: PayerFilters): PayerFilter => ({
  search: filters.search.trim() || undefined,
  buildingId: filters.buildingId || undefined,
  hasAccount: filters.account || undefined,
  access: filters.password || undefined,
  channel: filters.channel || undefined,
  emailUnconfirmed: filters.unconfirmed ? 'true' : undefined,
});

/** A change that would leave nobody takes the filter out that stands against it. */
export function changedFilters(filters: PayerFilters, changes: Partial<PayerFilters>): PayerFilters {
  const next = { ...filters, ...changes };
  const isWithoutAccount = changes.account === 'false' || Boolean(changes.password);
  const isWithAccount = changes.account === 'true' || changes.unconfirmed === true;
  return {
    ...next,
    account:
      isWithoutAccount && next.account === 'true' ? '' : isWithAccount && next.account === 'false' ? '' : next.account,
    password: isWithAccount ? '' : next.password,
    unconfirmed: isWithoutAccount ? false : next.unconfirmed,
  };
}

const oneOf = <Value extends string>(values: readonly Value[], given: unknown): Value | '' =>
  values.find((value) => value === given) ?? '';

/** What a link to the table asks for; null when it asks for nothing. */
export function filtersOfLink(query: LocationQuery): PayerFilters | null {
  const text = (name: string): string => (typeof query[name] === 'string' ? query[name] : '');
  const access = oneOf(payerAccessSchema.options, query.access);
  const filters: PayerFilters = {
    search: text('search'),
    buildingId: /^[0-9a-f]{32}$/.test(text('buildingId')) ? text('buildingId') : '',
    building: text('building'),
    account: access === 'registered' ? 'true' : oneOf(['true', 'false'], query.hasAccount),
    password: access === 'registered' ? '' : access,
    channel: oneOf(channelSchema.options, query.channel),
    unconfirmed: query.emailUnconfirmed === 'true',
  };
  return Object.values(toQuery(filters)).some((value) => value !== undefined) ? filters : null;
}
