export const premises = {
  menu: 'Dodaj upravnika',
  title: 'Dodaj upravnika',
  lead: 'Za stanovanje ali prostor pri drugem upravniku ali za še eno enoto pri istem. Pripravite pismo upravnika.',
  manager: 'Upravnik',
  managerSearch: 'Vpišite del imena ali kraja',
  managerMore: 'Prikazanih je prvih {n} zadetkov. Vpišite več črk.',
  submit: 'Dodaj',
  added: 'Dodano: {name}, {manager}',
  where: 'Kje najdem podatke?',
  noPassword: 'Nimate gesla?',
  own: {
    title: 'Ta plačnik je že vaš',
    text: 'Plačnika s šifro {code} že imate. Ni vam ga treba dodati še enkrat.',
    go: 'Pokaži razdelilnike',
  },
  unconfirmed: {
    title: 'Najprej potrdite svoj e-naslov',
    text: 'Na {email} smo poslali šestmestno kodo. Ko jo vpišete, lahko dodate upravnika.',
    go: 'Potrdi e-naslov',
  },
};
