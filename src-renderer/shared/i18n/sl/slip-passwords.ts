export const slipPasswords = {
  menu: 'Gesla z razdelilnika',
  title: 'Gesla z razdelilnika',
  lead: 'Z geslom z razdelilnika in šifro plačnika se stanovalec enkrat registrira. Potem uporablja svoje geslo.',
  notAdmin: {
    title: 'To je za administratorje',
    text: 'Pri tem upravniku gesla izdaja administrator. Prosite ga, da jih izda.',
  },
  whom: 'Za koga',
  chosen: {
    label: 'Za izbrane plačnike',
    count: '{count} plačnik | {count} plačnika | {count} plačniki | {count} plačnikov',
    none: 'Nihče ni izbran.',
    toPayers: 'Izberi plačnike',
    change: 'Spremeni izbor',
    more: 'in še {count} | in še {count} | in še {count} | in še {count}',
    taken:
      '{count} izbrani plačnik je že registriran in gesla ne potrebuje. | {count} izbrana plačnika sta že registrirana in gesla ne potrebujeta. | {count} izbrani plačniki so že registrirani in gesla ne potrebujejo. | {count} izbranih plačnikov je že registriranih in gesla ne potrebuje.',
    dropTaken: 'Izpusti registrirane',
    tooMany: 'Naenkrat lahko izdate gesla za največ {limit} izbranih plačnikov. Zmanjšajte izbor.',
  },
  all: {
    label: 'Za vse, ki še niso registrirani',
    count: '{count} plačnik | {count} plačnika | {count} plačniki | {count} plačnikov',
    nobody: 'Vsi plačniki so že registrirani.',
  },
  warning: {
    title: 'Preden jih izdate',
    void: 'Prejšnja gesla teh plačnikov takoj prenehajo veljati, tudi če so že natisnjena.',
    once: 'Nova gesla pokažemo samo enkrat. Kdor svoje izgubi, dobi novo.',
  },
  how: 'Kako',
  letters: {
    title: 'Pisma (PDF)',
    text: 'Za vsakega plačnika stran z navodili za registracijo. Datoteko natisnite in pisma razpošljite.',
    button: 'Izdaj in shrani pisma',
    saved: 'Pisma so shranjena',
    savedText:
      'Pismo za {count} plačnika je v datoteki {fileName}. Natisnite ga, potem datoteko izbrišite. | Pismi za {count} plačnika sta v datoteki {fileName}. Natisnite ju, potem datoteko izbrišite. | Pisma za {count} plačnike so v datoteki {fileName}. Natisnite jih, potem datoteko izbrišite. | Pisma za {count} plačnikov so v datoteki {fileName}. Natisnite jih, potem datoteko izbrišite.',
    notSaved: 'Ker niste izbrali, kam naj se pisma shranijo, gesla niso bila izdana.',
  },
  list: {
    title: 'Seznam na zaslonu',
    text: 'Šifre, imena in gesla v tabeli, ki jo lahko kopirate ali shranite.',
    button: 'Izdaj in pokaži seznam',
  },
  confirm: {
    title: 'Izdamo nova gesla?',
    description:
      'Izdali bomo {count} novo geslo. Prejšnje geslo tega plačnika takoj preneha veljati. | Izdali bomo {count} novi gesli. Prejšnji gesli teh plačnikov takoj prenehata veljati. | Izdali bomo {count} nova gesla. Prejšnja gesla teh plačnikov takoj prenehajo veljati. | Izdali bomo {count} novih gesel. Prejšnja gesla teh plačnikov takoj prenehajo veljati.',
    confirm: 'Izdaj {count} geslo | Izdaj {count} gesli | Izdaj {count} gesla | Izdaj {count} gesel',
  },
  working: 'Izdajamo gesla. Ne zapirajte programa.',
  issued: {
    title: '{count} novo geslo | {count} novi gesli | {count} nova gesla | {count} novih gesel',
    once: 'Gesla so prikazana samo zdaj. Kopirajte jih ali shranite, preden zapustite to stran.',
    code: 'Šifra plačnika',
    name: 'Plačnik',
    password: 'Geslo z razdelilnika',
    expires: 'Velja do',
    copy: 'seznam gesel',
    save: 'Shrani seznam (CSV)',
    saved: 'Seznam je shranjen v {fileName}. Ko ga ne potrebujete več, ga izbrišite.',
    fileName: 'gesla',
    done: 'Končano',
  },
  leave: {
    title: 'Gesel ne boste več videli',
    description:
      'Ko zapustite to stran, gesel ni mogoče znova prikazati. Če jih niste shranili ali kopirali, jih boste morali izdati znova.',
    confirm: 'Zapusti stran',
  },
  payerTaken:
    'Eden od izbranih plačnikov se je medtem registriral, zato ni bilo izdano nobeno geslo. Na strani Plačniki osvežite izbor in poskusite znova.',
  payerGone: 'Enega od izbranih plačnikov ni več, zato ni bilo izdano nobeno geslo. Izberite plačnike znova.',
};
