import type { Language } from '../../../contract/registrations.ts';
import type { Channel } from '../../../contract/slips.ts';

/** What a payer gets from the next billing run on, by the channel that the office has given it. */
export interface NewChannel {
  readonly channel: Channel;
  /** Of the channel `email`. */
  readonly email: string | null;
}

type Sentences = Readonly<Record<Channel, (email: string) => string>>;

const sentences: Readonly<Record<Language, Sentences>> = {
  sl: {
    none: () =>
      'Od naslednjega obračuna eRačuna ne boste več prejemali. Razdelilniki so v iiPortalu še naprej na ogled, datoteke PDF pa tam ni več.',
    email: (email) => `Od naslednjega obračuna boste razdelilnik prejeli po e-pošti, kot PDF, na naslov ${email}.`,
    bank: () => 'Od naslednjega obračuna bo račun prišel v vašo spletno banko. Tam ga samo še potrdite.',
    bizbox: () => 'Od naslednjega obračuna bo račun prišel v vaš Bizbox.',
    imdocs: () => 'Od naslednjega obračuna bo račun prišel prek sistema ImDocs.',
  },
  en: {
    none: () =>
      'From the next billing on you will not receive e-invoices any more. You still see the slips in iiPortal, but there is no PDF of them there.',
    email: (email) => `From the next billing on you will receive the slip by e-mail, as a PDF, at ${email}.`,
    bank: () => 'From the next billing on the bill will come to your online bank. There you only confirm it.',
    bizbox: () => 'From the next billing on the bill will come to your Bizbox.',
    imdocs: () => 'From the next billing on the bill will come through ImDocs.',
  },
};

export const whatComes = ({ channel, email }: NewChannel, language: Language): string =>
  sentences[language][channel](email ?? '');

/** In sentences of the sort “asks for an e-invoice …”. */
export const byChannel: Readonly<Record<Language, Readonly<Record<Channel, string>>>> = {
  sl: {
    none: 'brez eRačuna',
    email: 'po e-pošti',
    bank: 'v spletni banki',
    bizbox: 'v Bizboxu',
    imdocs: 'prek sistema ImDocs',
  },
  en: { none: 'none', email: 'by e-mail', bank: 'in the online bank', bizbox: 'in Bizbox', imdocs: 'through ImDocs' },
};
