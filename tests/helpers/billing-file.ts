/** Rows of billing files for tests: a good row, in which a test changes what it is about. */
export const goodRow = {
  sifra_placnika: '104217',
  placnik: 'Čehovin Žan',
  naslov: 'Šišenska cesta 5',
  posta: '1000',
  kraj: 'Ljubljana',
  davcna_stevilka: '',
  e_posta: 'zan@example.si',
  e_racun: 'email',
  stavba: 'Šišenska cesta 5',
  enota: '12',
  vrsta_enote: 'stanovanje',
  povrsina_m2: '54,30',
  osebe: '2',
  racun: '26100001',
  obdobje: '2026-10',
  datum_izdaje: '12. 11. 2026',
  rok_placila: '30. 11. 2026',
  postavka: 'Upravljanje',
  dobavitelj: 'Upravnik',
  znesek_stavbe: '1.234,56',
  kljuc: 'po enotah',
  kolicina: '1',
  merska_enota: 'enota',
  cena: '6,9000',
  osnova: '6,90',
  ddv_stopnja: '22',
  ddv: '1,52',
  znesek: '8,42',
  nalog_iban: '',
  nalog_sklic: '',
  koda_namena: '',
  namen: '',
  obvestilo: '',
  sklad_zacetek: '',
  sklad_vplacila: '',
  sklad_poraba: '',
  sklad_stanje: '',
  vrsta_vrstice: '',
  zapadlo: '',
};

export type TestRow = Partial<typeof goodRow> & Readonly<Record<string, string>>;

/** An item of the reserve fund, which has its own payment order. */
export const fundItem = {
  postavka: 'Rezervni sklad',
  dobavitelj: 'Etažni lastniki',
  osnova: '',
  ddv_stopnja: '',
  ddv: '',
  znesek: '13,58',
  nalog_iban: 'SI56990000011111127',
  nalog_sklic: 'SI00104217-202610',
  koda_namena: 'BLDM',
  namen: 'Rezervni sklad 10/2026',
} as const;

/** What the payer of the good row still owes from the month before. */
export const openItem = {
  ...{ postavka: 'Razdelilnik 9/2026', dobavitelj: '', osnova: '', ddv_stopnja: '', ddv: '', znesek: '45,10' },
  ...{ vrsta_vrstice: 'odprto', zapadlo: '31. 10. 2026' },
} as const;

/** The reserve fund of a row's building. */
export const fund = {
  ...{ sklad_zacetek: '1.000,00', sklad_vplacila: '250,50', sklad_poraba: '1.400,00', sklad_stanje: '-149,50' },
} as const;

const cell = (text: string): string => (/[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

interface FileForm {
  readonly end?: string;
  readonly columns?: readonly string[];
}

/** A file of rows that are good but for what is given. */
export function billingFile(rows: readonly TestRow[], form: FileForm = {}): string {
  const { end = '\r\n', columns = Object.keys(goodRow) } = form;
  const lines = rows.map((given) => {
    const row: Readonly<Record<string, string>> = { ...goodRow, ...given };
    return columns.map((name) => cell(row[name] ?? '')).join(';');
  });
  return [columns.join(';'), ...lines, ''].join(end);
}

/** The next slips of the good one: numbers and payers count on. */
export const slipRow = (index: number, given: TestRow = {}): TestRow => ({
  sifra_placnika: String(104217 + index),
  placnik: `Plačnik ${index}`,
  e_posta: '',
  e_racun: '',
  enota: String(index + 1),
  racun: String(26100001 + index),
  ...given,
});
