/** How a cost of the building is shared among its units. */
export type Key = 'area' | 'persons' | 'units' | 'meter' | 'allocators';

export interface Cost {
  readonly description: string;
  readonly supplier: string;
  readonly key: Key;
  /** Euros without VAT for one of the key's measure, and by how much the price of a month may differ from it. */
  readonly price: number;
  readonly spread: number;
  readonly vatRate: string;
  /** Months in which it is billed; all when left out. */
  readonly months?: readonly number[];
  /** Garages have no water and no heating. */
  readonly garages: boolean;
  /** The reserve fund has its own account and so its own payment order. */
  readonly fund?: true;
}

export const keyNames: Readonly<Record<Key, readonly [allocationKey: string, measure: string]>> = {
  area: ['po površini', 'm2'],
  persons: ['po številu oseb', 'oseba'],
  units: ['po enotah', 'enota'],
  meter: ['po števcih', 'm3'],
  allocators: ['po delilnikih toplote', 'enota delilnika'],
};

const heating = [10, 11, 12, 1, 2, 3, 4] as const;

const cost = (
  [description, supplier, vatRate]: readonly [string, string, string],
  [key, price, spread]: readonly [Key, number, number],
  rest: Partial<Cost> = {},
): Cost => ({ description, supplier, vatRate, key, price, spread, garages: false, ...rest });

/** The items of a Slovene statement: what is billed, by whom, and how it is shared. */
export const costs: readonly Cost[] = [
  cost(['Upravljanje', 'Upravnik', '22'], ['units', 6.9, 0], { garages: true }),
  cost(['Voda', 'Komunala Zgled', '9,5'], ['meter', 1.12, 0.02]),
  cost(['Kanalščina', 'Komunala Zgled', '9,5'], ['meter', 0.78, 0.02]),
  cost(['Odvoz odpadkov', 'Komunala Zgled', '9,5'], ['persons', 5.4, 0.1]),
  cost(['Ogrevanje, fiksni del', 'Toplarna Zgled', '22'], ['area', 0.31, 0.05], { months: heating }),
  cost(['Ogrevanje, variabilni del', 'Toplarna Zgled', '22'], ['allocators', 0.047, 0.01], { months: heating }),
  cost(['Električna energija skupnih prostorov', 'Elektrika Zgled', '22'], ['persons', 1.85, 0.6], { garages: true }),
  cost(['Čiščenje skupnih prostorov', 'Čistilni servis Zgled', '22'], ['units', 8.2, 0], { garages: true }),
  cost(['Zavarovanje skupnih delov', 'Zavarovalnica Zgled', '0'], ['area', 0.045, 0], { garages: true }),
  cost(['Rezervni sklad', 'Etažni lastniki', '0'], ['area', 0.25, 0], { garages: true, fund: true }),
];
