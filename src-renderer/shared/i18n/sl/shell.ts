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
  keychain: {
    absent:
      'Ta računalnik nima shrambe za gesla, zato ostanete prijavljeni samo, dokler je program odprt. Brez povezave razdelilnikov ne boste videli.',
    locked:
      'Shramba za gesla na tem računalniku je zaklenjena. Odklenite jo in program zaženite znova. Do takrat ostanete prijavljeni samo, dokler je program odprt.',
    denied:
      'Program nima dostopa do shrambe za gesla na tem računalniku. Dovolite ga in program zaženite znova. Do takrat ostanete prijavljeni samo, dokler je program odprt.',
  },
  notFound: { title: 'Te strani ni', text: 'Izberite stran v meniju.' },
};
