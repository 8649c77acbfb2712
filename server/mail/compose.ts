import type { MailKind } from '../../contract/mails.ts';
import type { Language } from '../../contract/registrations.ts';
import type { Manager } from '../models/manager.ts';
import { oneLine, toHtml, toText, type Part } from './layout.ts';
import type { OutgoingMail } from './outbox.ts';

/** To whom a mail speaks. */
export interface Person {
  readonly language: Language;
  readonly email: string;
  readonly firstName: string;
  readonly accountId: string;
}

/** In whose name a mail is written: residents reach this office, and it sees the mail in its list. */
export type MailManager = Pick<Manager, 'id' | 'name' | 'email' | 'phone'> &
  Partial<Pick<Manager, 'mailWelcomeText' | 'mailSlipText' | 'mailSignature'>>;

export interface MailPayer {
  readonly code: string;
  readonly name: string;
}

/** What a template says in one language; greeting, contact and closing are the same in all mails. */
export interface Content {
  readonly subject: string;
  readonly parts: readonly Part[];
}

/** A template: the same facts in each language. */
export type Contents<Facts> = Readonly<Record<Language, (facts: Facts) => Content>>;

interface Envelope {
  readonly kind: MailKind;
  readonly language: Language;
  readonly to: string;
  readonly firstName?: string;
  readonly accountId?: string;
  readonly manager?: MailManager;
}

interface Phrases {
  readonly hello: string;
  readonly phone: string;
  readonly email: string;
  readonly closing: readonly string[];
}

const phrases: Readonly<Record<Language, Phrases>> = {
  sl: {
    hello: 'Pozdravljeni',
    phone: 'Telefon',
    email: 'E-naslov',
    closing: ['Lep pozdrav', 'iiPortal'],
  },
  en: { hello: 'Hello', phone: 'Phone', email: 'E-mail', closing: ['Kind regards', 'iiPortal'] },
};

/** The column's width. */
const subjectLength = 200;

/** A manager's name may be as long as it likes, a subject may not. */
function cut(text: string): string {
  const characters = [...oneLine(text)];
  return characters.length <= subjectLength
    ? characters.join('')
    : `${characters.slice(0, subjectLength - 1).join('')}…`;
}

/** What the manager says itself, before what the mail is about. */
const ownWords: Partial<Record<MailKind, 'mailWelcomeText' | 'mailSlipText'>> = {
  welcome: 'mailWelcomeText',
  'new-slip': 'mailSlipText',
  'slip-pdf': 'mailSlipText',
};

function ownPart(kind: MailKind, manager: MailManager | undefined): Part[] {
  const which = ownWords[kind];
  const text = which && manager?.[which];
  return text ? [text] : [];
}

function contactOf({ name, phone, email, mailSignature }: MailManager, words: Phrases): string[] {
  return [
    name,
    ...(phone === null ? [] : [`${words.phone}: ${phone}`]),
    ...(email === null ? [] : [`${words.email}: ${email}`]),
    ...(mailSignature ? [mailSignature] : []),
  ];
}

/** A mail out of what is particular to it. */
export function compose(envelope: Envelope, content: Content): OutgoingMail {
  const { kind, language, to, firstName, accountId = null, manager } = envelope;
  const words = phrases[language];
  const subject = cut(content.subject);
  const letter = {
    language,
    subject,
    greeting: firstName === undefined ? `${words.hello}!` : `${words.hello}, ${firstName}!`,
    parts: [...ownPart(kind, manager), ...content.parts],
    contact: manager === undefined ? [] : contactOf(manager, words),
    closing: words.closing,
  };
  return {
    kind,
    language,
    to,
    replyTo: manager?.email ?? null,
    subject,
    text: toText(letter),
    html: toHtml(letter),
    managerId: manager?.id ?? null,
    accountId,
    slipId: null,
  };
}

interface Personal {
  readonly person: Person;
  readonly manager?: MailManager;
}

/** A mail to a person, in the person's language; it goes with the account. */
export const toPerson = <Facts extends Personal>(
  kind: MailKind,
  contents: Contents<Facts>,
  facts: Facts,
): OutgoingMail =>
  compose(
    {
      ...facts.person,
      kind,
      to: facts.person.email,
      ...(facts.manager === undefined ? {} : { manager: facts.manager }),
    },
    contents[facts.person.language](facts),
  );
