import type { ProgramScope } from '../../../contract/endpoint.ts';
import { toPerson, type Contents, type MailManager, type Person } from '../compose.ts';
import { formatMoment } from '../dates.ts';
import type { OutgoingMail } from '../outbox.ts';

interface ApiKeyCreated {
  readonly person: Person;
  readonly manager: MailManager;
  readonly name: string;
  readonly scopes: readonly ProgramScope[];
  readonly expiresAt: Date;
  readonly at: Date;
}

const slovene: Readonly<Record<ProgramScope, string>> = {
  'imports:write': 'pošilja datoteke z obračunom',
  'imports:read': 'bere stanje uvozov, napake in predoglede',
  'runs:read': 'bere obračune in njihove vsote',
  'payers:read': 'bere plačnike z naslovi in stanjem registracije',
};

const english: Readonly<Record<ProgramScope, string>> = {
  'imports:write': 'sends billing files',
  'imports:read': 'reads how imports stand, their faults and previews',
  'runs:read': 'reads billing runs and their totals',
  'payers:read': 'reads payers with their addresses and how they are registered',
};

const contents: Contents<ApiKeyCreated> = {
  sl: ({ manager, name, scopes, expiresAt, at }) => ({
    subject: `Nov ključ za drug program: ${name}`,
    parts: [
      `Pri upravniku ${manager.name} je bil ${formatMoment(at, 'sl')} ustvarjen ključ »${name}«. Program, ki ga ima:`,
      scopes.map((scope) => slovene[scope]).join(', ') + '.',
      `Ključ velja do ${formatMoment(expiresAt, 'sl')}.`,
      'Če za to ne veste, ključ takoj prekličite: Nastavitve, Ključi za programe. Nato preverite, kdo ima v vaši pisarni vlogo administratorja.',
    ],
  }),
  en: ({ manager, name, scopes, expiresAt, at }) => ({
    subject: `New key for another program: ${name}`,
    parts: [
      `On ${formatMoment(at, 'en')} the key “${name}” was made at ${manager.name}. The program that has it:`,
      scopes.map((scope) => english[scope]).join(', ') + '.',
      `The key is valid until ${formatMoment(expiresAt, 'en')}.`,
      'If you know nothing of it, revoke the key at once: Settings, Keys for programs. Then check who is an administrator in your office.',
    ],
  }),
};

export const apiKeyCreatedMail = (facts: ApiKeyCreated): OutgoingMail => toPerson('api-key-created', contents, facts);
