export const printRuns = {
  title: 'Tisk in izvoz',
  titleOf: 'Tisk in izvoz: {period}',
  back: 'Nazaj na obračun',
  slips: '{count} razdelilnik | {count} razdelilnika | {count} razdelilniki | {count} razdelilnikov',
  run: { draft: 'osnutek', published: 'objavljen' },
  history: {
    title: 'Kaj je bilo natisnjeno',
    caption: 'Tiskanja, najnovejša najprej',
    when: 'Kdaj in kdo',
    period: 'Obdobje',
    form: 'Oblika',
    passwords: 'z novimi gesli',
    slips: 'Razdelilniki',
    part: '{done} od {count}',
    state: 'Stanje',
  },
  state: { running: 'se pripravlja', done: 'končano', cancelled: 'preklicano', failed: 'ni uspelo' },
  empty: {
    title: 'V tem obračunu ni več razdelilnikov',
    text: 'Vse so nadomestili razdelilniki iz poznejše datoteke. Izberite drug obračun.',
  },
  draft:
    'Obračun je osnutek: na vsaki natisnjeni strani bo čez list pisalo OSNUTEK. Stanovalcem ga pošljite šele, ko ga objavite.',
  what: 'Kaj natisnemo',
  all: { label: 'Ves obračun' },
  buildings: {
    label: 'Izbrane stavbe',
    count: '{count} stavba | {count} stavbi | {count} stavbe | {count} stavb',
    search: 'Poiščite stavbo',
    list: 'Stavbe v obračunu',
    none: 'Nobena stavba se ne ujema. Poskusite z delom naslova.',
    more: 'Prikazanih je prvih {shown} od {count}. Vpišite del naslova.',
    chosen: 'Izbrana {count} stavba | Izbrani {count} stavbi | Izbrane {count} stavbe | Izbranih {count} stavb',
    chooseAll: 'Izberi vse',
    chooseFound: 'Izberi vse najdene',
    drop: 'Počisti izbor',
    tooMany: 'Naenkrat lahko izberete največ {limit} stavb. Zmanjšajte izbor ali natisnite ves obračun.',
  },
  payers: {
    label: 'Izbrani plačniki',
    count: '{count} plačnik | {count} plačnika | {count} plačniki | {count} plačnikov',
    none: 'Nihče ni izbran. Plačnike označite na strani Plačniki in se vrnite sem.',
    toPayers: 'Izberi plačnike',
    change: 'Spremeni izbor',
    tooMany: 'Naenkrat lahko natisnete razdelilnike največ {limit} izbranih plačnikov. Zmanjšajte izbor.',
  },
  whose: 'Samo nekaterim',
  channel: {
    label: 'Kako dobivajo razdelilnik',
    all: 'vsi',
    none: 'po pošti (brez eRačuna)',
    email: 'po e-pošti',
    bank: 'v spletno banko',
    bizbox: 'v Bizbox',
    imdocs: 'prek sistema ImDocs',
  },
  withoutAccount:
    'Samo plačnikom brez uporabniškega računa ({count} razdelilnik) | Samo plačnikom brez uporabniškega računa ({count} razdelilnika) | Samo plačnikom brez uporabniškega računa ({count} razdelilniki) | Samo plačnikom brez uporabniškega računa ({count} razdelilnikov)',
  how: 'Kako',
  form: {
    pdf: {
      label: 'En PDF za tisk',
      short: 'PDF',
      text: 'Vsi razdelilniki v enem dokumentu, po vrsti za raznašanje: po pošti, ulici in hišni številki.',
      button: 'Shrani PDF za tisk',
    },
    zip: {
      label: 'Posamezne datoteke',
      short: 'ZIP',
      text: 'Vsak razdelilnik je svoj PDF, vsi so v datoteki ZIP. Za tiskarno ali arhiv.',
      button: 'Shrani ZIP',
    },
  },
  bothSides: {
    label: 'Tiskanje na obe strani lista',
    hint: 'Vsak razdelilnik se začne na svojem listu; kjer je treba, je vmes prazna stran.',
  },
  passwords: {
    label: 'Plačnikom brez uporabniškega računa natisni novo geslo',
    hint: 'Na razdelilniku bo okvir z geslom in navodili za registracijo. Prejšnja gesla teh plačnikov takoj prenehajo veljati.',
    draft: 'Mogoče šele, ko je obračun objavljen.',
  },
  counts: {
    nothing: 'Najprej izberite, kaj naj natisnemo.',
    counting: 'Štejemo razdelilnike …',
    none: 'Temu izboru ne ustreza noben razdelilnik.',
    withoutAccount:
      '{count} brez uporabniškega računa | {count} brez uporabniškega računa | {count} brez uporabniškega računa | {count} brez uporabniškega računa',
    incomplete:
      '{count} plačnik brez popolnega naslova | {count} plačnika brez popolnega naslova | {count} plačniki brez popolnega naslova | {count} plačnikov brez popolnega naslova',
  },
  progress: {
    title: 'Pripravljamo datoteko',
    label: 'Pripravljeni razdelilniki',
    share:
      '{done} od {count} razdelilnika | {done} od {count} razdelilnikov | {done} od {count} razdelilnikov | {done} od {count} razdelilnikov',
    stay: 'Ne zapirajte programa, dokler datoteka ni shranjena.',
    cancel: 'Prekliči tiskanje',
  },
  confirm: {
    title: 'Natisnemo nova gesla?',
    description:
      'Natisnili bomo novo geslo za plačnike brez uporabniškega računa ({count} razdelilnik). Njihova prejšnja gesla takoj prenehajo veljati, tudi če so že natisnjena. | Natisnili bomo nova gesla za plačnike brez uporabniškega računa ({count} razdelilnika). Njihova prejšnja gesla takoj prenehajo veljati, tudi če so že natisnjena. | Natisnili bomo nova gesla za plačnike brez uporabniškega računa ({count} razdelilniki). Njihova prejšnja gesla takoj prenehajo veljati, tudi če so že natisnjena. | Natisnili bomo nova gesla za plačnike brez uporabniškega računa ({count} razdelilnikov). Njihova prejšnja gesla takoj prenehajo veljati, tudi če so že natisnjena.',
    confirm: 'Natisni nova gesla',
  },
  leave: {
    title: 'Prekličemo tiskanje?',
    description: 'Datoteka še ni cela. Če zapustite stran, jo bo treba pripraviti znova.',
    withPasswords:
      'Datoteka še ni cela, nova gesla pa so že izdana. Če zapustite stran, bo treba razdelilnike natisniti znova z novimi gesli.',
    confirm: 'Prekliči in zapusti',
  },
  done: {
    title: 'Datoteka je shranjena',
    text: 'V datoteki {fileName} je {count} razdelilnik. | V datoteki {fileName} sta {count} razdelilnika. | V datoteki {fileName} so {count} razdelilniki. | V datoteki {fileName} je {count} razdelilnikov.',
    passwords: 'Natisnjena gesla so samo v njej. Ko jo natisnete, jo izbrišite.',
  },
  notSaved: 'Ker niste izbrali, kam naj se datoteka shrani, je nismo pripravili.',
  cancelled: 'Tiskanje je preklicano. Nedokončane datoteke ni.',
  fileName: 'razdelilniki',
};
