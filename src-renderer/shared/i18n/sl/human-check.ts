export const humanCheck = {
  title: 'Preverjanje, da niste robot',
  hint: 'Počakajte trenutek. Če se pokaže okvirček, ga kliknite.',
  checking: 'Preverjamo, da niste robot …',
  done: 'Preverjeno: niste robot.',
};
