import type { Language } from '../../contract/registrations.ts';

/** A paragraph, a code to be copied, an address to go to, or a list. */
export type Part =
  string | { readonly code: string } | { readonly address: string } | { readonly list: readonly string[] };

/** What a mail says; its text and its HTML are two ways of writing this down. */
export interface Letter {
  readonly language: Language;
  readonly subject: string;
  readonly greeting: string;
  readonly parts: readonly Part[];
  /** The office's name, and how to reach it; one line each. */
  readonly contact: readonly string[];
  readonly closing: readonly string[];
}

/**
 * Control characters, line separators and what is unseen (zero-width, bidirectional): in a name they could make a
 * paragraph of their own, or turn one around.
 */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** One line of text, whatever is in it. */
export const oneLine = (text: string): string => text.replace(unprintable, ' ').trim();

function textOf(part: Part): string {
  if (typeof part === 'string') return oneLine(part);
  if ('code' in part) return `    ${oneLine(part.code)}`;
  if ('address' in part) return oneLine(part.address);
  return part.list.map((item) => `- ${oneLine(item)}`).join('\n');
}

const lines = (texts: readonly string[]): string => texts.map(oneLine).join('\n');

export function toText({ greeting, parts, contact, closing }: Letter): string {
  const blocks = [oneLine(greeting), ...parts.map(textOf), lines(closing), lines(contact)];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string => oneLine(text).replace(/[&<>"']/g, (character) => entities[character]!);

/**
 * Styles stand in the elements, since mail programs drop the others. There is no colour of text or background, so that
 * a dark mail program can choose both; the grey of the lines is seen on either.
 */
const style = {
  page: 'max-width:560px;margin:0 auto;padding:24px 16px;font-family:Segoe UI,Helvetica,Arial,sans-serif;font-size:17px;line-height:1.5',
  paragraph: 'margin:0 0 16px',
  code: 'margin:8px 0 24px;padding:14px 8px;border:2px solid #808080;border-radius:8px;text-align:center;white-space:nowrap;font-family:Consolas,Menlo,monospace;font-size:26px;font-weight:bold;letter-spacing:2px',
  list: 'margin:0 0 16px;padding:0 0 0 24px',
  contact: 'margin:24px 0 0;padding:16px 0 0;border-top:1px solid #808080;font-size:15px',
} as const;

const paragraph = (html: string, look: keyof typeof style = 'paragraph'): string =>
  `<p style="${style[look]}">${html}</p>`;

const joined = (texts: readonly string[]): string => texts.map(escapeHtml).join('<br>');

function htmlOf(part: Part): string {
  if (typeof part === 'string') return paragraph(escapeHtml(part));
  if ('code' in part) return paragraph(escapeHtml(part.code), 'code');
  if ('list' in part) {
    return `<ul style="${style.list}">${part.list.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
  }
  const address = escapeHtml(part.address);
  return paragraph(`<a href="${address}">${address}</a>`);
}

/** A whole page without images and without anything that would be fetched. */
export function toHtml({ language, subject, greeting, parts, contact, closing }: Letter): string {
  const blocks = [
    paragraph(`<strong>${escapeHtml(greeting)}</strong>`),
    ...parts.map(htmlOf),
    paragraph(joined(closing)),
    ...(contact.length === 0 ? [] : [paragraph(joined(contact), 'contact')]),
  ];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(subject)}</title>
</head>
<body style="margin:0;padding:0">
<div style="${style.page}">
${blocks.join('\n')}
</div>
</body>
</html>
`;
}
