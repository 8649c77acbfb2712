/** Words that every page uses. */
export const common = {
  action: {
    retry: 'Poskusi znova',
    more: 'Prikaži več',
    close: 'Zapri',
    cancel: 'Prekliči',
  },
  state: {
    loading: 'Nalagamo …',
    errorTitle: 'Tega nismo mogli prikazati',
    offlineTitle: 'Ni povezave s portalom',
  },
  field: {
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
  toast: { label: 'Sporočilo', region: 'Sporočila' },
  wait: {
    seconds: '{n} sekundo | {n} sekundi | {n} sekunde | {n} sekund',
    minutes: '{n} minuto | {n} minuti | {n} minute | {n} minut',
  },
  language: { label: 'Jezik', sl: 'Slovenščina', en: 'English' },
  theme: { label: 'Videz', system: 'Kot v sistemu', light: 'Svetel', dark: 'Temen' },
};
