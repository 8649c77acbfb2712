import type { common as slovene } from '../sl/common.ts';
import type { SameKeys } from '../same-keys.ts';

export const common: SameKeys<typeof slovene> = {
  action: {
    retry: 'Try again',
    more: 'Show more',
    close: 'Close',
    cancel: 'Cancel',
    keep: 'Keep',
  },
  state: {
    loading: 'Loading …',
    errorTitle: 'We could not show this',
    offlineTitle: 'No connection to the portal',
  },
  field: {
    from: 'From',
    to: 'To',
    showPassword: 'Show password',
    hidePassword: 'Hide password',
    newPassword: 'New password',
    repeatPassword: 'Repeat the new password',
    passwordRepeated: 'The passwords are the same.',
    openList: 'Open the list',
    noMatch: 'No matches. Try part of the name or town.',
  },
  copy: {
    short: 'Copy',
    done: 'Copied',
    action: 'Copy: {label}',
    spoken: '{label}: copied',
    failed: 'Copying did not work. Please select the text and copy it yourself: {label}.',
  },
  filters: { active: 'Filters that are on', remove: 'Remove the filter: {filter}', clear: 'Clear filters' },
  columns: { button: 'Columns', legend: 'Which columns to show', reset: 'As at first' },
  chart: { asTable: 'Show as a table', asPicture: 'Show as a picture' },
  toast: { label: 'Message', region: 'Messages', folder: 'Show in folder', undo: 'Undo' },
  wait: {
    seconds: '{n}\u00a0second | {n}\u00a0seconds',
    minutes: '{n}\u00a0minute | {n}\u00a0minutes',
    hours: '{n}\u00a0hour | {n}\u00a0hours',
  },
  language: { label: 'Language', sl: 'Slovenščina', en: 'English' },
  theme: { label: 'Appearance', system: 'Same as the system', light: 'Light', dark: 'Dark' },
};
