import { makeRfReference } from './rf-reference.ts';
import { makeSiReference, siModels } from './si-reference.ts';
import { referenceFault, type ReferenceFault } from './reference.ts';

/**
 * A manager's pattern for the references of its slips: a model and parts over {payer}, {slip} and {period}, for
 * example `SI12 {payer}{period}`, `SI05 {payer}-{period}`, `RF {slip}` or `SI99`. The check digits are not written:
 * the model says where they stand, and they are computed. SI models take the digits of the values alone.
 */
export interface ReferenceTemplate {
  readonly model: string;
  readonly parts: readonly string[];
}

export interface ReferenceValues {
  readonly payerCode: string;
  readonly slipNumber: string;
  /** `2026-10`, written as 202610. */
  readonly period: string;
}

export type TemplateFault = ReferenceFault | 'template_form' | 'template_model' | 'template_parts';

export type Parsed<T, Fault> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

const piece = /\{(?:payer|slip|period)\}|[0-9A-Z]+/g;

const isPart = (part: string): boolean => part !== '' && part.replace(piece, '') === '';

/** Reads a template; says what is wrong with it when it cannot be one. */
export function parseReferenceTemplate(text: string): Parsed<ReferenceTemplate, TemplateFault> {
  const match = /^(?:SI(\d{2})|(RF))(?:\s+(\S+))?$/.exec(text.trim());
  if (!match) return { ok: false, fault: 'template_form' };
  const model = match[1] ?? 'RF';
  const parts = match[3]?.split('-') ?? [];
  const fault = templateFault(model, parts);
  return fault ? { ok: false, fault } : { ok: true, value: { model, parts } };
}

function templateFault(model: string, parts: readonly string[]): TemplateFault | undefined {
  if (!parts.every(isPart)) return 'template_form';
  if (model === '99') return parts.length === 0 ? undefined : 'template_parts';
  if (model === 'RF') return parts.length === 1 ? undefined : 'template_parts';
  const rules = siModels[model];
  if (!rules) return 'template_model';
  const [least, most] = rules.parts;
  return parts.length >= least && parts.length <= most ? undefined : 'template_parts';
}

/** The reference of one slip by the template. A value that breaks the model's limits gives the reference's fault. */
export function expandReference(template: ReferenceTemplate, values: ReferenceValues): Parsed<string, ReferenceFault> {
  if (template.model !== 'RF' && lacksDigits(template, values)) return { ok: false, fault: 'reference_characters' };
  const reference = template.model === 'RF' ? expandRf(template, values) : expandSi(template, values);
  if (reference === undefined) return { ok: false, fault: 'reference_length' };
  const fault = referenceFault(reference);
  return fault ? { ok: false, fault } : { ok: true, value: reference };
}

/** A value without any digit would vanish from an SI reference, and several payers would share one. */
const lacksDigits = ({ parts }: ReferenceTemplate, values: ReferenceValues): boolean =>
  parts.some((part) => (part.match(/\{\w+\}/g) ?? []).some((placeholder) => !/\d/.test(fill(placeholder, values))));

const fill = (part: string, { payerCode, slipNumber, period }: ReferenceValues): string =>
  part.replaceAll('{payer}', payerCode).replaceAll('{slip}', slipNumber).replaceAll('{period}', period);

const expandRf = ({ parts }: ReferenceTemplate, values: ReferenceValues): string | undefined =>
  makeRfReference(
    fill(parts[0] ?? '', values)
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, ''),
  );

/** Parts after the first may not begin with a zero, so their leading zeros go. */
const expandSi = ({ model, parts }: ReferenceTemplate, values: ReferenceValues): string | undefined =>
  makeSiReference(
    model,
    parts.map((part, index) => {
      const digits = fill(part, values).replace(/\D/g, '');
      return index === 0 ? digits : digits.replace(/^0+(?=\d)/, '');
    }),
  );
