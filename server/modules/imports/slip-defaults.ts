import { expandPurpose } from '../../payments/purpose-template.ts';
import { expandReference, parseReferenceTemplate } from '../../payments/reference-template.ts';
import type { Manager } from '../../models/manager.ts';
import { isOpenItem } from './billing-file/check-row.ts';
import type { BillingRow } from './billing-file/columns.ts';
import type { FaultList } from './billing-file/faults.ts';
import type { SlipDefaults } from './staging/staged-slips.ts';

type Settings = Pick<Manager, 'iban' | 'referenceTemplate' | 'purposeTemplate'>;

/**
 * What applies where the file says nothing of a payment order: the manager's account, and its templates for reference
 * and purpose, filled in with payer code, slip number and period. The rows of a slip mostly follow each other.
 */
export class SlipDefaultsFinder {
  readonly #manager: Settings;
  readonly #template;
  /** Whether all slips of a period have the same purpose. */
  readonly #isPurposeOfPeriod: boolean;
  readonly #purposes = new Map<string, string>();
  #asked = '';
  #hadReference = false;
  #last: SlipDefaults | undefined;

  constructor(manager: Settings) {
    this.#manager = manager;
    this.#template = parseReferenceTemplate(manager.referenceTemplate);
    this.#isPurposeOfPeriod = !/\{(?:payer|slip)\}/.test(manager.purposeTemplate);
  }

  /** Undefined when a template cannot be filled in, which then is in the list of faults. */
  find(row: number, it: BillingRow, faults: FaultList): SlipDefaults | undefined {
    const ownReference = it.reference !== null || isOpenItem(it);
    const asked = `${it.number}\n${it.payerCode}\n${it.period}`;
    if (asked !== this.#asked || ownReference !== this.#hadReference) {
      [this.#asked, this.#hadReference] = [asked, ownReference];
      this.#last = this.#make(row, it, ownReference, faults);
    }
    return this.#last;
  }

  #make(row: number, it: BillingRow, ownReference: boolean, faults: FaultList): SlipDefaults | undefined {
    const reference = ownReference ? '' : this.#reference(it);
    if (reference === undefined) faults.add('reference_template', row, 'nalog_sklic', this.#manager.referenceTemplate);
    const purpose = this.#purpose(it);
    if (purpose === undefined) faults.add('purpose_template', row, 'namen', this.#manager.purposeTemplate);
    if (reference === undefined || purpose === undefined) return undefined;
    return { iban: this.#manager.iban, reference, purpose };
  }

  #reference({ payerCode, number, period }: BillingRow): string | undefined {
    if (!this.#template.ok) return undefined;
    const expanded = expandReference(this.#template.value, { payerCode, slipNumber: number, period });
    return expanded.ok ? expanded.value : undefined;
  }

  #purpose({ payerCode, number, period }: BillingRow): string | undefined {
    const known = this.#purposes.get(period);
    if (known !== undefined) return known;
    const expanded = expandPurpose(this.#manager.purposeTemplate, { payerCode, slipNumber: number, period });
    if (!expanded.ok) return undefined;
    if (this.#isPurposeOfPeriod) this.#purposes.set(period, expanded.value);
    return expanded.value;
  }
}
