export const diagnostics = {
  card: 'Pomoč',
  title: 'Podatki za pomoč',
  about: 'Kadar kaj ne dela, jih pošljite upravniku. V njih ni vaših osebnih podatkov.',
  show: 'Pokaži podatke',
  lead: 'To je vse, kar se kopira: različice, stanje programa in zadnji zapisi. Imen, zneskov in gesel v njih ni.',
  reading: 'Zbiramo podatke …',
  unreadable: 'Podatkov ni bilo mogoče zbrati. Program znova zaženite in poskusite še enkrat.',
  copy: 'Kopiraj podatke za pomoč',
  copied: 'Podatki so kopirani. Prilepite jih v sporočilo.',
  save: 'Shrani v datoteko',
  saved: 'Podatki so shranjeni.',
  fileName: 'iiPortal-podatki-za-pomoc.txt',
  settingsLost: {
    title: 'Nastavitve tega računalnika so spet kot na začetku',
    text: 'Datoteka z nastavitvami je bila poškodovana. Vpišite naslov portala in se znova prijavite. Razdelilniki so na portalu, izgubili niste ničesar.',
    read: 'Razumem',
  },
};
