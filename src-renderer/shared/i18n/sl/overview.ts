export const overview = {
  title: 'Pregled pisarne',
  tasks: {
    title: 'Kaj vas čaka',
    none: 'Nič. Vse je opravljeno.',
    import: {
      refused: 'Zadnja datoteka ima napake in ni bila uvožena: {fileName}',
      failed: 'Zadnjega uvoza nismo mogli dokončati: {fileName}',
    },
    checkedImports:
      '{count} pregledana datoteka čaka na potrditev | {count} pregledani datoteki čakata na potrditev | {count} pregledane datoteke čakajo na potrditev | {count} pregledanih datotek čaka na potrditev',
    drafts:
      '{count} osnutek čaka na objavo | {count} osnutka čakata na objavo | {count} osnutki čakajo na objavo | {count} osnutkov čaka na objavo',
    eInvoiceRequests:
      '{count} prošnja za eRačun čaka na odločitev | {count} prošnji za eRačun čakata na odločitev | {count} prošnje za eRačun čakajo na odločitev | {count} prošenj za eRačun čaka na odločitev',
    failedMails:
      '{count} e-sporočilo zadnjih 30 dni ni prišlo do naslovnika | {count} e-sporočili zadnjih 30 dni nista prišli do naslovnika | {count} e-sporočila zadnjih 30 dni niso prišla do naslovnika | {count} e-sporočil zadnjih 30 dni ni prišlo do naslovnika',
    expiringSlipPasswords:
      '{count} geslo z razdelilnika poteče v 14 dneh | {count} gesli z razdelilnika potečeta v 14 dneh | {count} gesla z razdelilnika potečejo v 14 dneh | {count} gesel z razdelilnika poteče v 14 dneh',
  },
  registrations: {
    title: 'Registrirani plačniki',
    lead: '{share} {registered} od {payers} plačnikov',
    month: 'Mesec',
    registered: 'Registrirani',
    payers: 'Vsi plačniki',
    share: 'Delež',
    foot: 'Stanje ob koncu meseca. Kdor danes ni več registriran, ni štet niti za nazaj.',
  },
  openings: {
    title: 'Odprti razdelilniki',
    lead: '{share} {opened} od {slips} razdelilnikov, {period}',
    since: 'Po objavi',
    first: 'objava',
    day: '{n}. dan',
    none: 'Ko objavite prvi obračun, bo tu videti, koliko stanovalcev je odprlo svoj razdelilnik.',
    foot: 'Delež razdelilnikov, ki so jih stanovalci odprli v portalu, po dnevih od objave.',
  },
  buildings: {
    title: 'Kje je največ neregistriranih',
    lead: 'Koliko plačnikov v stavbi je registriranih.',
    value: '{registered} od {payers} ({share})',
    building: 'Stavba',
    registered: 'Registrirani',
    payers: 'Plačniki',
    share: 'Delež',
    none: 'Stavb še ni.',
    others: 'in še {count} stavba | in še {count} stavbi | in še {count} stavbe | in še {count} stavb',
  },
  channels: {
    title: 'eRačun po kanalih',
    lead: '{share} {count} od {payers} plačnikov',
    channel: 'Kanal',
    payers: 'Plačniki',
    share: 'Delež',
  },
  start: {
    title: 'Prvi koraki',
    done: 'opravljeno',
    admin: 'To naredi administrator.',
    import: {
      title: 'Uvozite datoteko z obračunom',
      text: 'Z njo pridejo stavbe, enote, plačniki in razdelilniki.',
    },
    publish: { title: 'Preglejte in objavite obračun', text: 'Do objave ga vidi samo pisarna.' },
    passwords: {
      title: 'Izdajte gesla z razdelilnika',
      text: 'Natisnjena na razdelilnik ali pismo; z njimi se plačniki registrirajo.',
    },
    colleagues: {
      title: 'Povabite sodelavce',
      text: 'Vsak dela s svojim uporabniškim računom. Dnevnik pove, kdo je kaj naredil.',
    },
  },
};
