import type { palette as slovene } from '../sl/palette.ts';
import type { SameKeys } from '../same-keys.ts';

export const palette: SameKeys<typeof slovene> = {
  button: 'Find',
  title: 'Find a payer, page or action',
  placeholder: 'Payer, page or action',
  waiting: 'Looking for payers …',
  none: 'Nothing found. Try a part of the name, the code or the address.',
  count: '{n} result | {n} results',
  group: { recent: 'Recent', actions: 'Actions', screens: 'Pages', found: 'Pages and actions', payers: 'Payers' },
  keys: { move: 'move', open: 'open', close: 'close' },
  action: {
    import: 'Import a new billing file',
    print: 'Print the slips of the newest run',
    passwords: 'Issue slip passwords',
    withoutAccount: 'Show payers without an account',
    failedMails: 'Show mail that did not arrive',
    clearPayers: "Clear the payers' filters and selection",
    invite: 'Invite a colleague',
    keys: 'Keyboard shortcuts',
    support: 'Details for support',
  },
  shortcuts: {
    title: 'Keyboard shortcuts',
    lead: 'They work while you are not typing in a field. For a page, press the two keys one after the other.',
    everywhere: 'Everywhere',
    palette: 'Find a payer, page or action',
    search: 'To the search of the page',
    list: 'This list',
    close: 'Close a window or a list',
    pages: 'To a page',
    tables: 'In a table',
  },
};
