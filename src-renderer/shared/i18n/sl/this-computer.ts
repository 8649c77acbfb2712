export const thisComputer = {
  title: 'Ta računalnik',
  lead: 'Te nastavitve veljajo samo za ta računalnik.',
  about: 'Videz in jezik programa, naslov portala in kaj program hrani na tem računalniku.',
  open: 'Odpri nastavitve računalnika',
  guest: {
    title: 'Kje so razdelilniki?',
    text: 'Razdelilnike vidite, ko se prijavite. Nastavitve tukaj lahko spremenite tudi brez prijave.',
  },
  settings: 'Program',
  language: 'Jezik programa',
  portal: 'Naslov portala',
  change: 'Spremeni',
  changePortal: 'Spremeni naslov portala',
  keychain: {
    title: 'Shranjena prijava',
    kept: 'Prijava je varno shranjena v shrambi gesel tega računalnika. Razdelilnike vidite tudi brez povezave.',
    ready:
      'Ko se prijavite, se prijava varno shrani v shrambo gesel tega računalnika in vam je ob naslednjem zagonu ni treba ponoviti.',
    locked:
      'Shramba gesel se navadno odklene, ko se prijavite v računalnik. Če je zaklenjena, vas računalnik ob kliku na »Poskusi znova« vpraša za njeno geslo; navadno je to geslo, s katerim se prijavite v računalnik. Do takrat je vaša prijava samo v odprtem programu, razdelilniki pa se ne shranjujejo.',
    denied:
      'Kliknite »Poskusi znova« in, ko računalnik vpraša, ali sme iiPortal uporabljati shrambo gesel, izberite »Dovoli«. Do takrat je vaša prijava samo v odprtem programu, razdelilniki pa se ne shranjujejo.',
    absent:
      'Vaša prijava je samo v odprtem programu, razdelilniki pa se ne shranjujejo: brez shrambe gesel ju ne bi mogli dovolj dobro zavarovati. Shrambo gesel vam uredi, kdor skrbi za računalnik; v sistemu Linux je to GNOME Keyring ali KWallet.',
    full: 'Izpraznite koš in izbrišite velike datoteke, ki jih ne potrebujete več, nato kliknite »Poskusi znova«. Kar je program shranil prej, je ostalo, kot je bilo.',
    refused:
      'Kdor skrbi za računalnik, naj vam dovoli pisanje v mapo programa iiPortal, nato kliknite »Poskusi znova«. Kar je program shranil prej, je ostalo, kot je bilo.',
  },
  offline: {
    title: 'Kaj hrani ta računalnik',
    text: 'Razdelilniki zadnjih 24 mesecev se v ozadju shranijo za branje brez povezave. Shranjeni so zaklenjeni: prebere jih lahko samo ta program, dokler ste prijavljeni.',
    slips: 'Razdelilniki za branje brez povezave',
    count:
      'Shranjenih {done} od {total} razdelilnika. | Shranjenih {done} od {total} razdelilnikov. | Shranjenih {done} od {total} razdelilnikov. | Shranjenih {done} od {total} razdelilnikov.',
    size: 'Zasedajo {size}\u00a0MB.',
    asOf: 'Stanje z dne {moment}.',
    pause: 'Ustavi shranjevanje',
    continue: 'Nadaljuj shranjevanje',
    status: {
      nothing: 'Ni razdelilnikov, ki bi jih shranili.',
      waiting: 'Shranjevanje se začne čez nekaj trenutkov.',
      fetching: 'Shranjujemo …',
      done: 'Vse je shranjeno.',
      paused: 'Shranjevanje je ustavljeno. Kar je že shranjeno, ostane.',
      metered: 'Povezava se plačuje po porabi, zato s shranjevanjem čakamo.',
      offline: 'Čakamo na povezavo s portalom. Kar je že shranjeno, lahko berete.',
      no_keychain: 'Razdelilniki se ne shranjujejo, ker program nima dostopa do shrambe gesel tega računalnika.',
      newer:
        'Razdelilnike je shranila novejša različica programa, ta jih ne more prebrati. Namestite novejšo različico; do takrat potrebujete povezavo.',
      disk: 'Na disku tega računalnika ni dovolj prostora. Izbrišite, česar ne potrebujete, in poskusili bomo znova.',
    },
  },
  forget: {
    name: 'Pozabi ta računalnik',
    text: 'Če računalnika ne boste več uporabljali ali ga uporablja še kdo.',
    button: 'Pozabi ta računalnik',
    title: 'Naj program pozabi ta računalnik?',
    description:
      'Odjavimo vas in s tega računalnika izbrišemo shranjene razdelilnike in prijavo. V portalu ostane vse, kot je: znova se lahko prijavite z e-naslovom in geslom.',
    confirm: 'Odjavi me in izbriši',
  },
  inProfile: 'Za branje brez povezave je na tem računalniku shranjenih {done} od {total} razdelilnikov.',
  version: 'iiPortal {version}',
};
