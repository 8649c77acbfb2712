/** Purpose codes that stand on housing bills (ZBS, Šifrant kod namenov plačil, 7 August 2019), with their meaning. */
export const purposeCodes = {
  COST: 'Stroški',
  OTHR: 'Drugo',
  COMT: 'Plačilo za več računov tretjih oseb',
  SCVE: 'Kupoprodaja storitev',
  SERV: 'Stroški storitev',
  GDSV: 'Kupoprodaja blaga in storitev',
  BLDM: 'Vzdrževanje zgradb',
  UBIL: 'Povezane komunalne storitve',
  ELEC: 'Električna energija',
  GASB: 'Plin',
  WTER: 'Voda',
  ENRG: 'Energija',
  NWCH: 'Omrežnina',
  CBTV: 'Kabelska televizija',
  RENT: 'Najemnina',
  RELG: 'Najemnina',
  INSU: 'Zavarovanje',
  PPTI: 'Zavarovanje premoženja',
  INTE: 'Obresti',
  FCPM: 'Zamudne obresti in stroški',
  IVPT: 'Plačilo računa',
  SUPP: 'Plačilo dobavitelju',
  ADVA: 'Predplačilo',
  PENO: 'Izvršba',
} as const;

/** What is used where neither the file nor the manager names one. */
export const defaultPurposeCode = 'COST';

/** Four capitals: the QR code takes nothing else (structure of the code, field 12). The list itself grows at the bank's. */
export const isPurposeCode = (code: string): boolean => /^[A-Z]{4}$/.test(code);
