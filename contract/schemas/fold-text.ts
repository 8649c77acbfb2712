/** Letters that have no mark above them and still are typed without theirs. */
const special: Readonly<Record<string, string>> = { đ: 'd', ł: 'l', ø: 'o', ß: 'ss', æ: 'ae' };

/** The form in which names are searched: lower case, no marks above letters, single spaces. */
export const foldText = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[đłøßæ]/g, (letter) => special[letter]!)
    .replace(/\s+/gu, ' ')
    .trim();
