/**
 * ISO 8859-2 (Latin 2), the character set of the UPN QR code (Tehnični standard UPN QR v1.1, section 5).
 * What it lacks is mapped to what means the same; nothing is ever lost silently.
 */

const alphabet = new TextDecoder('iso-8859-2').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
const byteOf = new Map([...alphabet].map((character, byte) => [character, byte]));

/**
 * Characters that people and word processors write, Latin 2 does not have, and Unicode does not take apart. What it does
 * take apart needs no line here: superscripts (m²), fractions, ligatures, ellipses, ™, №, full-width letters.
 */
const replacements: Readonly<Record<string, string>> = {
  '€': 'EUR',
  '£': 'GBP',
  '\u00ad': '',
  '‐': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
  '•': '-',
  '·': '-',
  '⁄': '/',
  '„': '"',
  '“': '"',
  '”': '"',
  '»': '"',
  '«': '"',
  '″': '"',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‹': "'",
  '›': "'",
  '′': "'",
  '±': '+/-',
  '©': '(c)',
  '®': '(R)',
  µ: 'u',
  ø: 'o',
  Ø: 'O',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ı: 'i',
};

const isPrintable = (character: string): boolean => {
  const byte = byteOf.get(character);
  return byte !== undefined && ((byte >= 0x20 && byte < 0x7f) || byte > 0xa0) && byte !== 0xad;
};

/** Whether every character has its byte, control characters apart. */
export const isLatin2 = (text: string): boolean =>
  [...text].every((character) => {
    const byte = byteOf.get(character);
    return byte !== undefined && byte >= 0x20 && (byte < 0x7f || byte >= 0xa0);
  });

/** Without its diacritics, for letters of other languages: ñ is n. */
const baseOf = (character: string): string => character.normalize('NFD').replace(/\p{M}/gu, '');

/** A character as Latin 2 writes it, or undefined where nothing means the same. */
function mapCharacter(character: string): string | undefined {
  if (isPrintable(character)) return character;
  const replaced = replacements[character];
  if (replaced !== undefined) return replaced;
  if (/^\s$/u.test(character)) return ' ';
  const parts = [character.normalize('NFKC'), baseOf(character)].find((other) => other !== character);
  return parts === undefined ? undefined : mapAll(parts);
}

function mapAll(characters: string): string | undefined {
  const mapped = [...characters].map(mapCharacter);
  return mapped.includes(undefined) ? undefined : mapped.join('');
}

export type Latin2Result =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; /** What has no counterpart, each once. */ readonly unmapped: readonly string[] };

/** What nearly all texts are made of: they are as they should be. */
const plain = /^[!-~čšžćđČŠŽĆĐ]+(?: [!-~čšžćđČŠŽĆĐ]+)*$/;

/**
 * The text as Latin 2 can write it: composed (NFC), mapped, single spaces, trimmed.
 * Fails with the characters that have no counterpart (Cyrillic, emoji, ...).
 */
export function toLatin2(text: string): Latin2Result {
  if (plain.test(text)) return { ok: true, text };
  const mapped = [...text.normalize('NFC')].map((character) => [character, mapCharacter(character)] as const);
  const unmapped = new Set(mapped.filter(([, result]) => result === undefined).map(([character]) => character));
  if (unmapped.size > 0) return { ok: false, unmapped: [...unmapped] };
  const joined = mapped.map(([, result]) => result).join('');
  return { ok: true, text: joined.replace(/ {2,}/g, ' ').trim() };
}

/** One byte for each character. @throws RangeError for a character that Latin 2 lacks: map the text first. */
export function latin2Bytes(text: string): Uint8Array {
  return Uint8Array.from([...text], (character) => {
    const byte = byteOf.get(character);
    if (byte === undefined) throw new RangeError(`not in ISO 8859-2: ${JSON.stringify(character)}`);
    return byte;
  });
}
