export const updates = {
  title: 'Nova različica je pripravljena',
  text: 'Različica {version} se bo namestila sama, ko program zaprete. Če jo želite takoj, ga znova zaženite.',
  restart: 'Znova zaženi',
  later: 'Pozneje',
  failed: 'Nove različice ni bilo mogoče namestiti. Program dela naprej kot doslej in bo poskusil znova.',
  name: 'Nove različice',
  is: {
    off: 'Novo različico namestite tako, kot ste namestili to.',
    managed: 'Nove različice namesti skrbnik tega računalnika.',
    none: 'Program jih poišče in prenese sam.',
    ready: 'Različica {version} je pripravljena. Namestila se bo, ko program zaprete.',
  },
  check: 'Poišči novo različico',
  notFound: 'Nove različice nismo našli.',
};
