/** Letters that have no mark above them and still are typed without theirs. */
const special: Readonly<Record<string, string>> = { đ: 'd', ł: 'l', ø: 'o', ß: 'ss', æ: 'ae' };

/** The form in which payers and managers are searched: lower case, no marks above letters, single spaces. */
export const foldText = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[đłøßæ]/g, (letter) => special[letter]!)
    .replace(/\s+/gu, ' ')
    .trim();

interface Searched {
  readonly code: string;
  readonly name: string;
  readonly street: string;
  readonly email: string | null;
}

/** What goes into the column `payers.search`, whoever writes a payer. */
export const payerSearchText = ({ code, name, street, email }: Searched): string =>
  foldText(`${code} ${name} ${street} ${email ?? ''}`);

/** The words of a search as patterns for `like … escape '!'`: each of them must be found. */
export const wordsLike = (search: string): string[] =>
  foldText(search)
    .split(' ')
    .filter(Boolean)
    .map((word) => `%${word.replace(/[!%_]/g, '!$&')}%`);
