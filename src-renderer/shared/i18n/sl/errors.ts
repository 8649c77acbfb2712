import type { ErrorCode } from '../../../../contract/errors.ts';

/** A sentence for each code: what happened, and what to do. */
export const errors = {
  invalid_request: 'Nekateri podatki niso pravilno izpolnjeni. Popravite označena polja in poskusite znova.',
  not_signed_in: 'Vaša prijava je potekla. Prijavite se znova.',
  session_displaced:
    'Odjavili smo vas, ker ste se prijavili na drugi napravi. Če želite nadaljevati tukaj, se prijavite znova. Če to niste bili vi, se prijavite in v profilu takoj zamenjajte geslo.',
  wrong_credentials: 'E-naslov in geslo se ne ujemata. Preverite oboje in poskusite znova.',
  session_active: 'S tem e-naslovom ste že prijavljeni na drugi napravi. Odjavite se tam ali nadaljujte tukaj.',
  second_factor_required: 'Vpišite še šestmestno kodo iz aplikacije za prijavo.',
  second_factor_rejected: 'Koda ni prava ali ne velja več. Počakajte na novo kodo v aplikaciji in jo vpišite.',
  second_factor_needed: 'Za delo v pisarni najprej v profilu vklopite prijavo v dveh korakih.',
  second_factor_state: 'Nastavitev prijave v dveh korakih se je medtem spremenila. Preverite, ali je vklopljena.',
  human_check_required: 'Po več neuspelih poskusih moramo preveriti, da niste robot. Poskusite znova.',
  account_disabled: 'Ta uporabniški račun je zaprt. Za pomoč pokličite upravnika.',
  wrong_password: 'Geslo ni pravo. Vpišite geslo, s katerim se prijavljate.',
  code_rejected: 'Koda ni prava ali ne velja več. Preverite jo v najnovejšem sporočilu ali zahtevajte novo.',
  email_unconfirmed: 'Najprej potrdite svoj e-naslov s kodo, ki smo vam jo poslali.',
  last_admin: 'Pri upravniku ne bi bilo več nobenega administratorja. Najprej dajte to vlogo še komu.',
  staff_member: 'Ta oseba že dela pri tem upravniku.',
  forbidden: 'Za to nimate dovoljenja. Če ga potrebujete, se obrnite na administratorja pri upravniku.',
  e_invoice_required: 'PDF s kodo QR dobijo naročniki eRačuna. Naročite ga v meniju »Profil« pod »eRačun«.',
  not_found: 'Tega na portalu ni ali ni več. Vrnite se na seznam in poskusite znova.',
  method_not_allowed: 'Portal tega ukaza ne pozna. Posodobite program iiPortal.',
  not_acceptable: 'Portal podatkov ne zna poslati v tej obliki. Posodobite program iiPortal.',
  slip_password_rejected:
    'Šifra plačnika in geslo z razdelilnika se ne ujemata ali pa je geslo že porabljeno ali poteklo. Preverite oboje v najnovejšem pismu upravnika. Če ne gre, prosite upravnika za novo geslo.',
  email_taken:
    'S tem e-naslovom ste že registrirani. Prijavite se s svojim geslom in v meniju izberite »Dodaj upravnika«. Če to niste bili vi, pokličite upravnika ali vpišite drug e-naslov.',
  payer_taken:
    'Ta plačnik je že registriran. Če ste to vi, se prijavite z e-naslovom, ki ste ga vpisali ob registraciji. Če niste, pokličite upravnika in ga prosite, naj plačnika sprosti.',
  human_check_failed:
    'Preverjanje, da niste robot, ni uspelo ali je poteklo. Poskusite znova. Če se ponovi, pokličite upravnika.',
  human_check_unavailable: 'Storitev, ki preverja, da niste robot, se ne odziva. Poskusite znova čez nekaj minut.',
  manager_required: 'Delate za več upravnikov. Izberite, za katerega.',
  mail_state: 'Sporočila ni mogoče poslati znova: je že poslano, čaka na pošiljanje ali pa je prestaro.',
  import_state: 'Stanje datoteke se je medtem spremenilo. Osvežite seznam in preverite, kaj je z njo.',
  import_outdated: 'Medtem so se podatki spremenili. Predogled je preračunan, preglejte ga še enkrat.',
  run_opened: 'Razdelilnike so stanovalci že odprli, zato obračuna ni več mogoče umakniti.',
  merge_refused: 'Teh dveh plačnikov ni mogoče združiti: pripadata različnima osebama ali pa gre za istega plačnika.',
  api_keys_full:
    'Ključev je že največ, kolikor jih je mogoče imeti (20). Najprej prekličite katerega, ki ga ne potrebujete več.',
  main_host: 'Glavnega naslova ni mogoče odstraniti. Najprej določite drugega za glavnega.',
  default_iban: 'Računa, ki velja za naloge brez navedenega, ni mogoče odstraniti. Najprej izberite drugega.',
  host_taken: 'Ta naslov že uporablja drug upravnik ali pa je skupni naslov portala.',
  run_draft: 'Obračun je še osnutek. To je mogoče šele, ko ga objavite.',
  e_invoice_request_state: 'O tej prošnji je bilo že odločeno ali pa je bila umaknjena. Osvežite stran.',
  document_failed:
    'Ta dokument je preobsežen in ga ni bilo mogoče pripraviti. Poskusite znova. Če se ponovi, pokličite upravnika.',
  picture_rejected: 'Te slike ni mogoče natisniti. Izberite sliko PNG ali JPEG z največ 4 milijoni pik.',
  run_published: 'Ta obračun je že objavljen, zato ga ni mogoče zamenjati.',
  import_running: 'Druga datoteka se še preverja. Počakajte, da se preverjanje konča, in poskusite znova.',
  print_running: 'Eno tiskanje že pripravljate. Počakajte, da se konča, ali ga prekličite.',
  body_too_large: 'Datoteka je prevelika. Razdelite jo na več manjših.',
  unsupported_media_type: 'To ni datoteka CSV. Izberite datoteko z obračunom v obliki CSV.',
  rate_limited: 'Preveč poskusov. Počakajte {wait} in poskusite znova.',
  internal: 'Prišlo je do nepričakovane napake. Poskusite znova čez nekaj minut. Če se ponovi, pokličite upravnika.',
  unavailable: 'Portal se zaganja ali ga vzdržujemo. Poskusite znova čez minuto.',
  offline: 'Portala ne dosežemo. Preverite internetno povezavo in poskusite znova.',
  not_a_portal: 'Na tem naslovu ni portala iiPortal. Preverite naslov; najdete ga v pismu upravnika.',
  certificate_untrusted:
    'Povezava s portalom ni varna, zato se nismo povezali: strežnik nima veljavnega potrdila. Preverite naslov portala ter datum in uro na računalniku. Če ne gre, pokličite upravnika.',
  portal_pinned: 'Naslov portala je določil skrbnik tega računalnika, zato ga tukaj ni mogoče spremeniti.',
  file_failed: 'Datoteke ni bilo mogoče prebrati ali shraniti. Izberite drugo mesto in poskusite znova.',
  file_gone: 'Datoteke ni več tam, kamor ste jo shranili. Shranite jo znova.',
  no_program:
    'Na tem računalniku ni programa, ki bi to odprl. Naslov lahko kopirate in ga uporabite v svojem programu.',
  printer_failed:
    'Tiskanje ni uspelo. Preverite, ali je tiskalnik priključen in prižgan. Če ne gre, izberite »Pokaži PDF«, ga odprite v drugem programu in natisnite tam.',
  letters_lost:
    'Gesla so bila morda že izdana, pisem z njimi pa ni bilo mogoče prejeti ali shraniti. Izdajte gesla znova; prejšnja s tem prenehajo veljati.',
  print_lost:
    'Nova gesla so bila morda že izdana, datoteka za tisk pa ni cela, zato smo jo zavrgli. Razdelilnike natisnite znova z novimi gesli; prejšnja s tem prenehajo veljati.',
  cancelled: 'Prekinili ste. Na portalu se ni spremenilo nič.',
} satisfies Record<ErrorCode, string>;

/** What is wrong with a field, by the broken rule. */
export const rules = {
  required: 'To polje je obvezno.',
  too_long: 'Besedilo je predolgo.',
  email: "Vpišite celoten e-naslov, na primer ime{'@'}primer.si.",
  payer_code: 'Šifro plačnika prepišite z razdelilnika: črke in številke, brez presledkov.',
  slip_password: 'V geslu z razdelilnika je tipkarska napaka. Preverite ga znak za znakom.',
  slip_password_short: 'Geslo z razdelilnika ima 13\u00a0znakov. Vpišite vse.',
  common_password: 'To geslo je preveč znano ali preveč podobno vašim podatkom. Izberite drugo.',
  same_password: 'To geslo že imate. Izberite drugo.',
  email_code: 'Koda ima šest številk. Prepišite jo iz sporočila.',
  mailed_code: 'Koda ima 13\u00a0znakov. Preverite jo znak za znakom.',
  totp_code: 'Koda ima šest številk. Prepišite jo iz aplikacije.',
  own_password: 'Geslo še ne izpolnjuje vseh pogojev. Kaj manjka, je označeno spodaj.',
  repeat: 'Gesli se ne ujemata. Vpišite obe še enkrat.',
  manager: 'Izberite upravnika s seznama.',
  invisible_characters: 'Besedilo vsebuje nevidne znake. Izbrišite ga in ga vtipkajte znova.',
  tax_number: 'Davčna številka ima osem številk, lahko s SI spredaj.',
  address: 'Vpišite naslov portala, na primer portal.vzorec.si.',
  iban: 'IBAN ni pravi. Prepišite ga iz pogodbe z banko, številko za številko.',
  purpose_code: 'Koda namena ima štiri velike črke.',
  characters: 'Na položnico gredo samo slovenske in druge latinične črke. Zamenjajte znake, ki niso med njimi.',
  template_form:
    "Vzorec se začne z modelom, na primer SI12 {'{'}payer{'}'}{'{'}period{'}'}. V zavitih oklepajih so lahko samo payer, slip in period.",
  template_model: 'Tega modela ni. Običajni so SI12, SI05, SI11, SI00 in RF.',
  template_parts: 'Ta model ima drugačno število delov. Preverite vezaje v vzorcu.',
  template_placeholder: "V zavitih oklepajih so lahko samo {'{'}payer{'}'}, {'{'}slip{'}'} in {'{'}period{'}'}.",
  reference_length: 'Sklic bi bil predolg: en del ima lahko največ 12 številk, sklic SI12 skupaj 13, RF pa 25 znakov.',
  reference_characters: 'V tem modelu so samo številke, šifra ali številka iz primera pa nima nobene.',
  reference_parts: 'Ta model ima drugačno število delov. Preverite vezaje v vzorcu.',
  reference_leading_zero: 'Drugi in tretji del sklica se ne smeta začeti z ničlo.',
  reference_check_digit: 'Kontrolne številke za tak sklic ni mogoče izračunati.',
  invalid: 'Tega vnosa ne razumemo. Preverite ga.',
  host: 'Vpišite ime brez presledkov in poševnic, npr. portal.upravnik.si.',
  phone: 'Telefonska številka ima samo številke, presledke in +.',
  town: 'Vpišite poštno številko in kraj, npr. 1000 Ljubljana.',
  days: 'Vpišite število dni od 1 do 730.',
  too_many: 'Seznam je poln. Najprej kaj odstranite.',
};

/** A reference for whoever helps. */
export const requestNumber = 'Številka napake: {id}';
