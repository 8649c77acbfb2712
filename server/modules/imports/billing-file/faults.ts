import type { ImportFault } from '../../../../contract/imports.ts';

/**
 * Every rule a billing file can break, with the sentence for the office. docs/billing-file.md explains each of them;
 * a test holds the two lists together.
 */
export const ruleMessages = {
  // The file.
  empty_file: 'Datoteka je prazna. Izberite drugo.',
  header_only: 'Datoteka ima samo glavo, vrstic s postavkami ni. Preverite izvoz.',
  file_kind: 'To ni datoteka CSV. V Excelu izberite Shrani kot in obliko »CSV UTF-8«; ločilo mora biti podpičje.',
  utf16: 'Datoteka je zapisana v UTF-16. Shranite jo kot UTF-8 ali Windows-1250.',
  nul_byte: 'Datoteka je poškodovana ali pa ni besedilo (vsebuje ničelni zlog). Izvozite jo znova.',
  wrong_delimiter: 'Stolpci morajo biti ločeni s podpičjem (;).',
  missing_column: 'Obvezni stolpec manjka. Dodajte ga.',
  doubled_column: 'Stolpec je v glavi dvakrat. Enega odstranite.',
  row_too_long: 'Vrstica je daljša od 64 kB. Morda manjka zaključni narekovaj.',
  quotes: 'Narekovaji v vrstici niso pravilno zaprti. Od tod naprej datoteke nismo mogli prebrati.',
  // A row or a cell.
  column_count: 'Vrstica nima toliko stolpcev kot glava. Poiščite odvečno ali manjkajoče podpičje.',
  header_again: 'Glava stoji še enkrat sredi datoteke. Vrstico odstranite.',
  required: 'Podatek je obvezen. Vpišite ga.',
  too_long: 'Podatek je predolg. Skrajšajte ga.',
  invisible_characters: 'Podatek vsebuje nevidne znake ali prelom vrstice. Odstranite jih.',
  mixed_encoding: 'Črke so okvarjene, ker se v datoteki mešata zapisa UTF-8 in Windows-1250. Izvozite jo znova.',
  payer_code: 'Šifra plačnika ima lahko do 20 znakov: črke A–Z in števke, vmes tudi pike, poševnice in vezaje.',
  email: 'To ni e-naslov. Popravite ga ali pustite prazno.',
  channel: 'Kanal eRačuna je lahko prazen, brez, email, banka, bizbox ali imdocs.',
  unit_kind: 'Vrsta enote je lahko stanovanje, poslovni prostor, garaza ali drugo.',
  tax_number: 'Davčna številka ima lahko od 4 do 15 znakov: črke A–Z in števke.',
  post_code: 'Poštna številka ima lahko do 10 znakov: črke, števke in vezaje.',
  amount: 'To ni znesek. Pravilno je na primer 1234,56 ali 1.234,56.',
  amount_ambiguous:
    'Znesek je dvoumen: ločilo pred tremi števkami je lahko decimalno ali ločilo tisočic. Napišite dve decimalki.',
  amount_decimals: 'Znesek ima več kot dve decimalki. Zaokrožite ga.',
  amount_range: 'Znesek je večji od 999.999.999,99 EUR.',
  decimal: 'To ni število. Pravilno je na primer 12,5.',
  negative: 'Podatek ne sme biti negativen.',
  date: 'To ni datum. Pravilno je 5. 10. 2026, 05.10.2026 ali 2026-10-05.',
  no_such_day: 'Tega dne v koledarju ni.',
  period: 'Obdobje mora biti leto in mesec, na primer 2026-10.',
  iban: 'IBAN ni veljaven. Preverite kontrolni števki in dolžino.',
  reference: 'Sklic ni veljaven. Preverite model, zgradbo in kontrolno števko.',
  order_incomplete: 'Vpišite oba podatka, nalog_iban in nalog_sklic, ali nobenega.',
  purpose_code: 'Koda namena so štiri velike črke, na primer COST.',
  characters: 'Podatek vsebuje znak, ki ga plačilni nalog (ISO 8859-2) ne pozna.',
  unprintable: 'Podatek vsebuje znak, ki ga na razdelilnik ne moremo natisniti. Zamenjajte ga ali izbrišite.',
  row_kind: 'Vrsta vrstice je lahko prazna, postavka ali odprto.',
  open_item_order: 'Odprta postavka ni del plačilnega naloga. Podatek o nalogu pustite prazen.',
  due_of_item: 'Datum zapadlosti imajo samo odprte postavke. Izbrišite ga ali v vrsta_vrstice vpišite odprto.',
  vat_sum: 'Vsota osnove in DDV ni enaka znesku. Popravite zneske.',
  fund_sum: 'Začetek in vplačila brez porabe niso enaki stanju sklada. Popravite zneske.',
  due_before_issue: 'Rok plačila je pred datumom izdaje. Preverite oba datuma.',
  period_mismatch: 'Datum izdaje se ne ujema z obdobjem. Preverite leto in mesec.',
  reference_template: 'Iz šifre plačnika, številke in obdobja ni mogoče sestaviti sklica po predlogi upravnika.',
  purpose_template: 'Namena plačila po predlogi upravnika ni mogoče sestaviti.',
  // Rows taken together, and with what is already in.
  slip_conflict: 'Isti razdelilnik ima v drugi vrstici drugačen podatek. Uskladite ju.',
  payer_conflict: 'Isti plačnik ima v drugi vrstici drugačen podatek. Uskladite ju.',
  unit_conflict: 'Ista enota ima v drugi vrstici drugačno vrsto. Uskladite ju.',
  fund_conflict: 'Rezervni sklad iste stavbe ima za isto obdobje v drugi vrstici drugačen znesek. Uskladite ju.',
  no_items: 'Razdelilnik ima samo odprte postavke. Dodajte mu vsaj eno pravo postavko.',
  order_conflict: 'Isti plačilni nalog ima v drugi vrstici drugo kodo namena ali drug namen. Uskladite ju.',
  order_amount: 'Vsota plačilnega naloga je večja od 999.999.999,99 EUR.',
  too_large: 'Datoteka ima preveč razdelilnikov za en uvoz. Razdelite jo po obdobjih ali stavbah.',
  slip_published: 'Razdelilnik s to številko je že objavljen. Dajte mu novo številko.',
  // Not the file's fault.
  interrupted:
    'Preverjanje je bilo prekinjeno, ker se je strežnik ustavil. Ničesar nismo zapisali; naložite datoteko znova.',
  internal: 'Preverjanje ni uspelo zaradi napake na strežniku. Ničesar nismo zapisali; poskusite znova.',
} as const;

export type Rule = keyof typeof ruleMessages;

/** A cell that breaks a rule, in place of its value: thrown errors would cost too much in a file full of them. */
export class Broken {
  readonly rule: Rule;
  constructor(rule: Rule) {
    this.rule = rule;
  }
}

const made = new Map<Rule, Broken>();

/** The one Broken of this rule. */
export function broken(rule: Rule): Broken {
  const known = made.get(rule) ?? new Broken(rule);
  made.set(rule, known);
  return known;
}

const shownFaults = 200;
const shownValue = 100;
/** Of so many rows it is known what is wrong with them: more are not corrected by hand. */
const keptRows = 10_000;

/** A fault as it is kept; the suggestion follows from it (suggest.ts). */
export type KeptFault = Omit<ImportFault, 'suggestion'>;

export interface RowFault {
  readonly rule: Rule;
  readonly column: string | null;
}

/** Keeps the first faults and counts them all. */
export class FaultList {
  readonly shown: KeptFault[] = [];
  /** What is wrong with each of the first faulty rows. */
  readonly byRow = new Map<number, RowFault[]>();
  count = 0;

  /** Row 1 is the header; null when the fault is the whole file's. */
  add(rule: Rule, row: number | null, column: string | null = null, value: string | null = null): void {
    this.count += 1;
    if (row !== null) this.#keepRow(row, { rule, column });
    if (this.shown.length >= shownFaults) return;
    const cut = value !== null && value.length > shownValue ? `${value.slice(0, shownValue)}…` : value;
    this.shown.push({ row, column, value: cut, rule, message: ruleMessages[rule] });
  }

  #keepRow(row: number, fault: RowFault): void {
    const known = this.byRow.get(row);
    if (known) known.push(fault);
    else if (this.byRow.size < keptRows) this.byRow.set(row, [fault]);
  }

  /** Counts faults of which no more are wanted in detail. */
  addUnseen(count: number): void {
    this.count += count;
  }

  get isFull(): boolean {
    return this.shown.length >= shownFaults;
  }

  /** What the office is shown, in the order of the file. */
  sorted(): KeptFault[] {
    return this.shown.toSorted((a, b) => (a.row ?? 0) - (b.row ?? 0));
  }
}
