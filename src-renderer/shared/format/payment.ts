const inFours = (text: string): string => text.replace(/(.{4})(?=.)/g, '$1 ');

/** An IBAN as it is printed: `SI56 9900 0001 2345 646`. */
export const formatIban = inFours;

/** A reference as it is printed: `SI12 1042172026105`; one of ISO 11649 in groups of four. */
export const formatReference = (reference: string): string =>
  reference.startsWith('RF') ? inFours(reference) : `${reference.slice(0, 4)} ${reference.slice(4)}`.trim();
