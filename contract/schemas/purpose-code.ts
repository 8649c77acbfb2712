/**
 * The codes that stand on housing bills (ZBS, Šifrant kod namenov plačil, 7 August 2019), the usual one first. The
 * banks' list has more and grows: others are taken as well where they have the form of one.
 */
export const purposeCodes = [
  ...(['COST', 'OTHR', 'COMT', 'SCVE', 'SERV', 'GDSV', 'BLDM', 'UBIL', 'ELEC', 'GASB', 'WTER', 'ENRG'] as const),
  ...(['NWCH', 'CBTV', 'RENT', 'RELG', 'INSU', 'PPTI', 'INTE', 'FCPM', 'IVPT', 'SUPP', 'ADVA', 'PENO'] as const),
] as const;
