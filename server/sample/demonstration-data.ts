import type { NewManager } from '../modules/managers/managers.service.ts';
import type { SampleOptions } from './billing-file.ts';

export interface DemonstrationManager {
  readonly details: Omit<NewManager, 'hosts'>;
  /** Stands on all of its slips. */
  readonly slipNote: string;
  /** Both names reach this machine, so that one server shows the portals of both managers. */
  readonly host: '127.0.0.1' | 'localhost';
  readonly sample: Omit<SampleOptions, 'until'>;
}

/** The bank accounts are of the unassigned bank 99, as in the sample: valid in form, nobody's. */
export const demonstrationManagers = [
  {
    details: {
      name: 'Upravljanje Vzorec d. o. o.',
      street: 'Dunajska cesta 5',
      town: '1000 Ljubljana',
      email: 'pisarna@vzorec.example',
      phone: '01 234 56 78',
      taxNumber: null,
      referenceTemplate: null,
      iban: 'SI56990006666666605',
    },
    slipNote: 'Uradne ure: torek in četrtek od 8. do 12. ure. Okvare prijavite na 01 234 56 78, tudi ponoči.',
    host: '127.0.0.1',
    sample: { payers: 40, buildings: 2, months: 12, seed: 1, firstCode: 100_001 },
  },
  {
    details: {
      name: 'Skrbnik Primer d. o. o.',
      street: 'Partizanska cesta 12',
      town: '2000 Maribor',
      email: 'pisarna@primer.example',
      phone: '02 345 67 89',
      taxNumber: null,
      referenceTemplate: null,
      iban: 'SI56990007777777743',
    },
    slipNote: 'Uradne ure: sreda od 8. do 17. ure.',
    host: 'localhost',
    sample: { payers: 20, buildings: 1, months: 12, seed: 2, firstCode: 200_001 },
  },
] as const satisfies readonly DemonstrationManager[];

export interface DemonstrationPerson {
  readonly role: 'admin' | 'clerk' | 'resident';
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  /** The manager the staff work for; the resident has premises at both. */
  readonly host: DemonstrationManager['host'];
}

/** The resident is called as the first payer of the sample is. */
export const demonstrationPeople = [
  { role: 'admin', email: 'admin@vzorec.example', firstName: 'Alenka', lastName: 'Zupan', host: '127.0.0.1' },
  { role: 'clerk', email: 'referent@vzorec.example', firstName: 'Rok', lastName: 'Bizjak', host: '127.0.0.1' },
  { role: 'resident', email: 'stanovalec@vzorec.example', firstName: '', lastName: '', host: '127.0.0.1' },
  { role: 'admin', email: 'admin@primer.example', firstName: 'Metka', lastName: 'Golob', host: 'localhost' },
] as const satisfies readonly DemonstrationPerson[];
