import { billingFile, fund, fundItem, openItem, type TestRow } from '../helpers/billing-file.ts';
import { neighbour, resident } from './story-file.ts';

/** Two months of slips. The neighbour gets them by e-mail, as the file says; the others have no channel. */
export const payers = [
  { ...resident, number: '0001', channel: '', email: '' },
  { ...neighbour, number: '0002', channel: 'email', street: 'Šišenska cesta 10', town: '1000 Ljubljana' },
  {
    ...{ code: '104219', name: 'Jože Ščap', number: '0003', channel: '', email: '' },
    ...{ street: 'Aškerčeva ulica 1', town: '2000 Maribor' },
  },
  {
    ...{ code: '104220', name: 'Cvetka Čuk', number: '0004', channel: '', email: '' },
    ...{ street: 'Čopova ulica 3', town: '1000 Ljubljana' },
  },
] as const;

/** Numbers without their month in postal order: Čopova, Šišenska 5, Šišenska 10, Maribor. */
export const postalOrder = ['0004', '0001', '0002', '0003'];

/** Slips that are long past due are not sent by e-mail: these never are. */
const due = '31. 12. 2099';
export const dueOnForm = '31.12.2099';

export const notes = { standing: 'Pisarna je 24. decembra zaprta.', own: 'V petek vam bomo zamenjali vodomer.' };

/** Cents of what the manager and what the reserve fund get from the resident. */
export const amounts = { manager: 842, fund: 1358 };

type Month = '10' | '11';

export const numberOf = (month: Month, payer: { readonly number: string }): string => `26${month}${payer.number}`;

function rowsOf(month: Month): TestRow[] {
  const [first, ...others] = payers.map(({ code, name, street, town, number, channel, email }): TestRow => {
    const [posta = '', kraj = ''] = town.split(' ');
    const payer = {
      sifra_placnika: code,
      placnik: name,
      naslov: street,
      posta,
      kraj,
      e_posta: email,
      e_racun: channel,
    };
    const racun = numberOf(month, { number });
    return { ...payer, enota: number, racun, obdobje: `2026-${month}`, rok_placila: due };
  });
  const own = { ...first, obvestilo: notes.own };
  const toFund = { nalog_sklic: `SI00104217-2026${month}`, namen: `Rezervni sklad ${month}/2026` };
  return [{ ...own, ...fund }, { ...own, ...fundItem, ...toFund }, { ...own, ...openItem }, ...others];
}

export const fileOf = (month: Month): string => billingFile(rowsOf(month));
