import type { Channel } from '../../../../contract/slips.ts';

/** What column `e_racun` calls the channels: in the billing file, and in what is made of it for other programs. */
export const channelWords = {
  none: 'brez',
  email: 'email',
  bank: 'banka',
  bizbox: 'bizbox',
  imdocs: 'imdocs',
} as const satisfies Record<Channel, string>;
