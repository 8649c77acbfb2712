export const shell = {
  skip: 'Preskoči na vsebino',
  menu: 'Glavni meni',
  home: 'Pregled',
  slips: 'Razdelilniki',
  profile: 'Profil',
  signOut: 'Odjava',
  signOutOffline: {
    title: 'Se želite odjaviti, čeprav ni povezave?',
    description:
      'Ob odjavi se shranjeni razdelilniki izbrišejo s tega računalnika. Dokler ni povezave s portalom, se ne boste mogli znova prijaviti.',
    confirm: 'Odjavi me',
  },
  offline: 'Brez povezave. Kažemo shranjene podatke z dne {moment}.',
  keeping: {
    locked:
      'Shramba gesel tega računalnika je zaklenjena: odklenite jo, da boste ob naslednjem zagonu že prijavljeni in boste razdelilnike videli tudi brez povezave.',
    denied:
      'Program ne sme uporabljati shrambe gesel tega računalnika: dovolite mu to, da boste ob naslednjem zagonu že prijavljeni in boste razdelilnike videli tudi brez povezave.',
    absent:
      'Ta računalnik nima shrambe gesel, zato ostanete prijavljeni samo, dokler je program odprt, in razdelilnike vidite samo s povezavo.',
    waits:
      'Vaša prijava čaka v shrambi gesel tega računalnika, ki je zdaj ne moremo prebrati: odklenite jo in kliknite »Poskusi znova« ali pa se prijavite z geslom.',
    full: 'Na disku tega računalnika ni več prostora, zato si program ne zapomni ne prijave ne nastavitev: izbrišite, česar ne potrebujete, in kliknite »Poskusi znova«.',
    refused:
      'Program ne more pisati v svojo mapo na tem računalniku, zato si ne zapomni ne prijave ne nastavitev: naj vam to uredi, kdor skrbi za računalnik.',
    retry: 'Poskusi znova',
    more: 'Več o tem',
    still: 'Še vedno ne gre.',
    done: 'Zdaj gre: prijava ostane shranjena na tem računalniku.',
  },
  notFound: { title: 'Te strani ni', text: 'Izberite stran v meniju.' },
};
