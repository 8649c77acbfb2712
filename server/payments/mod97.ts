/** ISO 7064 MOD 97-10 over digits and letters (A = 10 ... Z = 35), as IBAN and the RF reference use it. */
export function mod97(text: string): number {
  const digits = text.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  let remainder = 0;
  for (const digit of digits) remainder = (remainder * 10 + Number(digit)) % 97;
  return remainder;
}
