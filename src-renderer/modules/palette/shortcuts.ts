/** Pages that two keys lead to, `g` and this one; in the order of the menu. */
export const pageKeys = {
  overview: 'd',
  imports: 'u',
  runs: 'o',
  payers: 'p',
  'slip-passwords': 'g',
  'e-invoice-requests': 'e',
  mails: 'm',
  'manager-settings': 'n',
} as const;

export const pageOfKey = (key: string): string | undefined =>
  Object.entries(pageKeys).find(([, its]) => its === key)?.[0];

/** Keys as they are shown beside what they lead to; undefined for a page that has none. */
export const keysTo = (route: string): readonly string[] | undefined => {
  const key = (pageKeys as Readonly<Record<string, string>>)[route];
  return key === undefined ? undefined : ['g', key];
};

const isMac = (): boolean => /mac/i.test(navigator.userAgent);

/** The keys that open the palette, as they stand on the keyboard. */
export const paletteKeys = (): readonly string[] => (isMac() ? ['⌘', 'K'] : ['Ctrl', 'K']);

const typedInto =
  'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], [role=menu], [role=listbox]';

/** Whether the key means a letter there, is looked for in a list, or belongs to the system. */
export const isTyping = (event: KeyboardEvent): boolean =>
  [event.isComposing, event.ctrlKey, event.metaKey, event.altKey].includes(true) ||
  (event.target instanceof Element && event.target.closest(typedInto) !== null);

export const opensPalette = (event: KeyboardEvent): boolean =>
  (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k';
