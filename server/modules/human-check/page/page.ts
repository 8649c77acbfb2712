import { readFileSync } from 'node:fs';
import type { HumanCheckPageQuery } from '../../../../contract/human-check-page.ts';
import type { TurnstileSettings } from '../../../config.ts';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const script = read('page.browser.js');
const style = read('page.css');

const words = {
  sl: {
    title: 'Preverjanje, da niste robot',
    waiting: 'Preverjamo, da niste robot …',
    asking: 'Kliknite okvirček spodaj.',
    done: 'Hvala, preverjeno.',
    failed: 'Preverjanje tukaj ni uspelo. Poskušamo na drug način …',
  },
  en: {
    title: 'Checking that you are not a robot',
    waiting: 'Checking that you are not a robot …',
    asking: 'Please click the box below.',
    done: 'Thank you, all is well.',
    failed: 'The check did not work here. We are trying another way …',
  },
};

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

const dataset = (values: Record<string, string>): string =>
  Object.entries(values)
    .map(([name, value]) => ` data-${name}="${escape(value)}"`)
    .join('');

/** What of other origins the page may load and show: Turnstile's script and frame. Its own parts carry the nonce. */
export const pagePolicy = (origin: string, nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' ${origin}`,
    `style-src 'nonce-${nonce}'`,
    `frame-src ${origin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** The page that shows Turnstile and reports its token to the desktop shell. */
export function pageOf(
  { siteKey, origin }: Pick<TurnstileSettings, 'siteKey' | 'origin'>,
  { action, language, theme }: HumanCheckPageQuery,
  nonce: string,
): string {
  const { title, ...said } = words[language];
  const api = `${origin}/turnstile/v0/api.js?render=explicit&onload=showTurnstile`;
  const data = { api, 'site-key': siteKey, action, language, theme, ...said };
  return `<!doctype html>
<html lang="${language}" data-theme="${theme}">
<head>
<meta charset="utf-8">
<title>${escape(title)}</title>
<style nonce="${nonce}">
${style}</style>
</head>
<body${dataset(data)}>
<p id="status" role="status"></p>
<div id="turnstile"></div>
<script nonce="${nonce}">
${script}</script>
</body>
</html>
`;
}
