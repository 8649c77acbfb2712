import { foldText } from '../../../contract/schemas/fold-text.ts';

export { foldText };

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
