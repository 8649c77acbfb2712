/** Words that every page uses. */
export const common = {
  action: {
    retry: 'Poskusi znova',
    more: 'Prikaži več',
    close: 'Zapri',
    cancel: 'Prekliči',
    keep: 'Obdrži',
  },
  state: {
    loading: 'Nalagamo …',
    errorTitle: 'Tega nismo mogli prikazati',
    offlineTitle: 'Ni povezave s portalom',
  },
  field: {
    from: 'Od dne',
    to: 'Do dne',
    showPassword: 'Pokaži geslo',
    hidePassword: 'Skrij geslo',
    newPassword: 'Novo geslo',
    repeatPassword: 'Ponovite novo geslo',
    passwordRepeated: 'Gesli se ujemata.',
    openList: 'Odpri seznam',
    noMatch: 'Ni zadetkov. Poskusite z delom imena ali kraja.',
  },
  copy: {
    short: 'Kopiraj',
    done: 'Kopirano',
    action: 'Kopiraj: {label}',
    spoken: '{label}: kopirano',
    failed: 'Kopiranje ni uspelo. Označite besedilo in ga kopirajte sami: {label}.',
  },
  filters: {
    active: 'Vključeni filtri',
    remove: 'Odstrani filter: {filter}',
    clear: 'Počisti filtre',
  },
  columns: { button: 'Stolpci', legend: 'Kateri stolpci naj bodo vidni', reset: 'Kot na začetku' },
  chart: { asTable: 'Prikaži kot preglednico', asPicture: 'Prikaži kot sliko' },
  toast: { label: 'Sporočilo', region: 'Sporočila', folder: 'Pokaži v mapi', undo: 'Razveljavi' },
  wait: {
    seconds: '{n}\u00a0sekundo | {n}\u00a0sekundi | {n}\u00a0sekunde | {n}\u00a0sekund',
    minutes: '{n}\u00a0minuto | {n}\u00a0minuti | {n}\u00a0minute | {n}\u00a0minut',
    hours: '{n}\u00a0uro | {n}\u00a0uri | {n}\u00a0ure | {n}\u00a0ur',
  },
  language: { label: 'Jezik', sl: 'Slovenščina', en: 'English' },
  theme: { label: 'Videz', system: 'Kot v sistemu', light: 'Svetel', dark: 'Temen' },
};
