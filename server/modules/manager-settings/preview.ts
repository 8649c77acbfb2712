import type { Knex } from 'knex';
import type { ResponseOf } from '../../../contract/endpoint.ts';
import type { previewTemplates } from '../../../contract/manager-settings.ts';
import { BillingRun } from '../../models/billing-run.ts';
import { expandPurpose, type PurposeFault } from '../../payments/purpose-template.ts';
import {
  expandReference,
  parseReferenceTemplate,
  type Parsed,
  type ReferenceValues,
  type TemplateFault,
} from '../../payments/reference-template.ts';
import { formatReference } from '../../payments/reference.ts';

export interface Templates {
  readonly referenceTemplate: string;
  readonly purposeTemplate: string;
}

/** What the templates are tried on. */
export interface Example extends ReferenceValues {
  /** No slip of the manager's was there to be taken. */
  readonly isInvented: boolean;
}

const invented: Example = { payerCode: '104217', slipNumber: '2026-10-0001', period: '2026-10', isInvented: true };

/** The first slip of the manager's newest run that has one. */
export async function exampleOf(db: Knex, managerId: string): Promise<Example> {
  const run = await BillingRun.query(db)
    .where({ manager_id: managerId })
    .whereExists(db('slips as s').whereRaw('s.manager_id = billing_runs.manager_id and s.run_id = billing_runs.id'))
    .orderBy('period', 'desc')
    .orderBy('id', 'desc')
    .first();
  if (!run) return invented;
  const slip: ReferenceValues | undefined = await db('slips as s')
    .join('payers as p', { 'p.manager_id': 's.manager_id', 'p.id': 's.payer_id' })
    .where({ 's.manager_id': managerId, 's.run_id': run.id })
    // The index of a run's slips has this order, and the example stays while somebody types.
    .orderBy(['s.total_cents', 's.id'])
    .first('p.code as payerCode', 's.number as slipNumber', 's.period as period');
  return slip ? { ...slip, isInvented: false } : invented;
}

/** The reference of the example by the template, or what is wrong with either. */
export function exampleReference({ referenceTemplate }: Templates, example: Example): Parsed<string, TemplateFault> {
  const template = parseReferenceTemplate(referenceTemplate);
  return template.ok ? expandReference(template.value, example) : template;
}

export const examplePurpose = ({ purposeTemplate }: Templates, example: Example): Parsed<string, PurposeFault> =>
  expandPurpose(purposeTemplate, example);

function shown(result: Parsed<string, string>, print: (text: string) => string) {
  return result.ok ? { text: print(result.value), fault: null } : { text: null, fault: result.fault };
}

/** What templates that nobody has saved yet would make of a slip. */
export function previewOf(templates: Templates, example: Example): ResponseOf<typeof previewTemplates> {
  const { payerCode, slipNumber, period, isInvented } = example;
  return {
    example: { payerCode, slipNumber, period, isInvented },
    reference: shown(exampleReference(templates, example), formatReference),
    purpose: shown(examplePurpose(templates, example), (text) => text),
  };
}
