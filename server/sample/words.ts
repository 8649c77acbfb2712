/** Words the sample is made of. Streets and towns are real; the people are not, and the companies say so (zgled). */
export const firstNames = [
  'Ana', 'Marija', 'Žan', 'Luka', 'Špela', 'Matija', 'Urška', 'Janez', 'Katja', 'Jože', 'Tjaša', 'Aleš', 'Nataša',
  'Boštjan', 'Mojca', 'Gašper', 'Anđela', 'Rok', 'Zala', 'Miha', 'Petra', 'Franc', 'Irena', 'Uroš', 'Eva', 'Tomaž',
  'Maša', 'Andraž', 'Nika', 'Dušan', 'Vesna', 'Blaž', 'Jasmina', 'Žiga', 'Alenka', 'Stanko', 'Lučka', 'Emir',
] as const; // prettier-ignore

export const lastNames = [
  'Čehovin', 'Novak', 'Horvat', 'Kovačič', 'Krajnc', 'Zupančič', 'Potočnik', 'Kovač', 'Mlakar', 'Kos', 'Vidmar', 'Golob',
  'Turk', 'Božič', 'Kralj', 'Korošec', 'Zupan', 'Bizjak', 'Hribar', 'Kotnik', 'Rozman', 'Kavčič', 'Petek', 'Kastelic',
  'Žagar', 'Hočevar', 'Košir', 'Koren', 'Đorđević', 'Petrović', 'Klemenčič', 'Pirc', 'Šuštar', 'Blatnik', 'Žibert',
  'Oblak', 'Medved', 'Jerman', 'Lah', 'Ćosić', 'Štrukelj', 'Erjavec', 'Ravnikar', 'Dolenc', 'Jakšić', 'Pečnik',
] as const; // prettier-ignore

export const companies = [
  'Mizarstvo Zgled d. o. o.', 'Cvetličarna Zgled, s. p.', 'Pekarna Zgled d. o. o.', 'Frizerski salon Zgled, s. p.',
  'Računovodstvo Zgled d. o. o.', 'Zobna ambulanta Zgled d. o. o.', 'Knjigarna Zgled d. o. o.', 'Kavarna Zgled d. o. o.',
  'Čevljarstvo Zgled, s. p.', 'Optika Zgled d. o. o.',
] as const; // prettier-ignore

export interface Street {
  readonly name: string;
  readonly postCode: string;
  readonly town: string;
}

const streetsOf = (postCode: string, town: string, names: readonly string[]): Street[] =>
  names.map((name) => ({ name, postCode, town }));

export const streets: readonly Street[] = [
  ...streetsOf('1000', 'Ljubljana', [
    'Šmartinska cesta', 'Celovška cesta', 'Dunajska cesta', 'Vodovodna cesta', 'Šišenska cesta', 'Tržaška cesta',
    'Zaloška cesta', 'Kajuhova ulica', 'Rojčeva ulica', 'Ulica bratov Učakar', 'Trg prekomorskih brigad',
    'Topniška ulica', 'Linhartova cesta', 'Prušnikova ulica', 'Brilejeva ulica', 'Ziherlova ulica',
  ]),
  ...streetsOf('2000', 'Maribor', ['Koroška cesta', 'Gosposvetska cesta', 'Ljubljanska ulica', 'Ulica Staneta Severja']),
  ...streetsOf('3000', 'Celje', ['Ulica mesta Grevenbroich', 'Mariborska cesta', 'Dečkova cesta']),
  ...streetsOf('4000', 'Kranj', ['Ulica Gorenjskega odreda', 'Cesta Jaka Platiše', 'Šorlijeva ulica']),
  ...streetsOf('6000', 'Koper', ['Kvedrova cesta', 'Vojkovo nabrežje', 'Cesta Zore Perello-Godina']),
  ...streetsOf('8000', 'Novo mesto', ['Ragovska ulica', 'Ulica Slavka Gruma', 'Šegova ulica']),
]; // prettier-ignore
