import { toLatin2 } from './latin2.ts';
import type { Parsed, ReferenceValues } from './reference-template.ts';
import { fitUpnText, upnFieldLimits } from './upn-qr.ts';

export type PurposeFault = 'template_placeholder' | 'characters';

/** `2026-10` as people write it: 10/2026. */
const spoken = (period: string): string => `${period.slice(5)}/${period.slice(0, 4)}`;

const placeholder = /\{(?:payer|slip|period)\}/g;

/** What is wrong with a manager's pattern for purposes, such as `Razdelilnik {period}`, whatever it is filled in with. */
export function purposeTemplateFault(template: string): PurposeFault | undefined {
  const fixed = template.replace(placeholder, '');
  if (/[{}]/.test(fixed)) return 'template_placeholder';
  return toLatin2(fixed).ok ? undefined : 'characters';
}

/** The purpose of one slip, in the letters and length of a payment order. */
export function expandPurpose(
  template: string,
  { payerCode, slipNumber, period }: ReferenceValues,
): Parsed<string, PurposeFault> {
  const fault = purposeTemplateFault(template);
  if (fault) return { ok: false, fault };
  const values: Readonly<Record<string, string>> = {
    '{payer}': payerCode,
    '{slip}': slipNumber,
    '{period}': spoken(period),
  };
  const text = template.replace(placeholder, (name) => values[name] ?? '');
  if (!toLatin2(text).ok) return { ok: false, fault: 'characters' };
  return { ok: true, value: fitUpnText(text, upnFieldLimits.purpose) };
}
