import { useI18n } from 'vue-i18n';
import type { EInvoiceRequest } from '../../../contract/e-invoices.ts';
import { formatIban } from '../../shared/format/payment.ts';

type Wish = Pick<EInvoiceRequest, 'channel' | 'email' | 'iban' | 'taxNumber'>;

/** As a sentence begins. */
const begun = (words: string): string => words.charAt(0).toLocaleUpperCase() + words.slice(1);

/** What somebody asks for, in words, with all that the channel needs. */
export function useRequestWords() {
  const { t } = useI18n();

  const wish = ({ channel, email, iban, taxNumber }: Wish): string => {
    const facts = [
      ...(email === null ? [] : [email]),
      ...(iban === null ? [] : [`IBAN ${formatIban(iban)}`]),
      ...(taxNumber === null ? [] : [t('eInvoices.taxNumber', { number: taxNumber })]),
    ];
    const name = begun(t(channel === 'none' ? 'eInvoices.leaving' : `eInvoices.channel.${channel}`));
    return facts.length > 0 ? `${name} (${facts.join(', ')}).` : `${name}.`;
  };

  return { wish };
}
