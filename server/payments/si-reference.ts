/**
 * Slovenian payment references: `SI`, a model of two digits, and up to three parts with hyphens between them
 * (ZBS, Pravila za oblikovanje, izpolnjevanje, predložitev in izvrševanje UPN, v1.4, reference models).
 */

export type ReferenceFault =
  | 'reference_model'
  | 'reference_characters'
  | 'reference_parts'
  | 'reference_length'
  | 'reference_leading_zero'
  | 'reference_check_digit';

/** Which parts share a check digit, and how many parts there may be. */
interface Model {
  /** Each group lists its parts; the last digit of its last part checks the digits before it. */
  readonly checked: readonly (readonly number[])[];
  readonly parts: readonly [least: number, most: number];
}

const model = (least: number, most: number, ...checked: number[][]): Model => ({ checked, parts: [least, most] });

/** Public payments (taxes, courts) are built as model 11. */
const publicPayment = model(2, 3, [0], [1]);

export const siModels: Readonly<Record<string, Model>> = {
  '00': model(1, 3),
  '01': model(1, 3, [0, 1, 2]),
  '02': model(3, 3, [1], [2]),
  '03': model(3, 3, [0], [1], [2]),
  '04': model(3, 3, [0], [2]),
  '05': model(1, 3, [0]),
  '06': model(2, 3, [1, 2]),
  '07': model(2, 3, [1]),
  '08': model(3, 3, [0, 1], [2]),
  '09': model(1, 3, [0, 1]),
  '10': model(2, 3, [0], [1, 2]),
  '11': model(2, 3, [0], [1]),
  '12': model(1, 1, [0]),
  '18': publicPayment,
  '19': publicPayment,
  // The rules contradict themselves about P2 of models 21 and 31: it is taken as it is.
  '21': model(2, 2, [0]),
  '22': model(2, 2, [0]),
  '23': model(2, 2, [0], [1]),
  '28': publicPayment,
  '31': model(2, 2, [0]),
  '32': model(2, 2, [0]),
  '38': publicPayment,
  '40': publicPayment,
  '41': publicPayment,
  '48': publicPayment,
  '49': publicPayment,
  '51': publicPayment,
  '55': model(1, 3, [0]),
  '58': publicPayment,
};

const maxPartLength = 12;
const maxDigits = 20;
/** Model 12 has one part of exactly thirteen digits, zeros on the left: longer than a part may be elsewhere. */
const model12Length = 13;

/** The rules give weights 2 to 13: what is longer has no check digit that anybody could agree on. */
const maxWeightedDigits = 12;

/**
 * The check digit of up to twelve digits: weights 2, 3, ... 13 from the right, 11 minus the sum modulo 11, where 10 and
 * 11 give 0 (Pravila 1.4, Priloga 3). Undefined for more digits.
 */
export function siCheckDigit(digits: string): number | undefined {
  if (digits.length > maxWeightedDigits) return undefined;
  const sum = [...digits].reverse().reduce((total, digit, index) => total + Number(digit) * (index + 2), 0);
  const check = 11 - (sum % 11);
  return check > 9 ? 0 : check;
}

/** The digits that a group's check covers, and the check itself; parts that are absent count for nothing. */
function checkedGroup(parts: readonly string[], group: readonly number[]): { digits: string; check: string } {
  const joined = group.map((index) => parts[index] ?? '').join('');
  return { digits: joined.slice(0, -1), check: joined.slice(-1) };
}

/** What is wrong with a reference without spaces, hyphens kept (`SI05123456-7`); undefined when it is right. */
export function siReferenceFault(reference: string): ReferenceFault | undefined {
  const modelName = reference.slice(2, 4);
  const content = reference.slice(4);
  if (!reference.startsWith('SI') || !/^\d{2}$/.test(modelName)) return 'reference_model';
  if (modelName === '99') return content === '' ? undefined : 'reference_characters';
  const rules = siModels[modelName];
  if (!rules) return 'reference_model';
  if (!/^[\d-]*$/.test(content)) return 'reference_characters';
  return partsFault(content.split('-'), rules, modelName) ?? checkFault(content.split('-'), rules);
}

function partsFault(parts: readonly string[], rules: Model, modelName: string): ReferenceFault | undefined {
  const [least, most] = rules.parts;
  if (parts.length < least || parts.length > most || parts.includes('')) return 'reference_parts';
  if (modelName === '12') return parts[0]?.length === model12Length ? undefined : 'reference_length';
  if (parts.some((part) => part.length > maxPartLength)) return 'reference_length';
  if (parts.join('').length > maxDigits) return 'reference_length';
  return parts.slice(1).some((part) => /^0\d/.test(part)) ? 'reference_leading_zero' : undefined;
}

function checkFault(parts: readonly string[], rules: Model): ReferenceFault | undefined {
  const wrong = rules.checked.some((group) => {
    const { digits, check } = checkedGroup(parts, group);
    const right = siCheckDigit(digits);
    return digits === '' || (right !== undefined && right !== Number(check));
  });
  return wrong ? 'reference_check_digit' : undefined;
}

/**
 * A reference of this model whose parts are given without their check digits: they are computed and added.
 * Model 12 is filled with zeros on the left. Undefined when a check digit would have to cover more than twelve digits;
 * the result can still be faulty (too long): ask siReferenceFault.
 */
export function makeSiReference(modelName: string, parts: readonly string[]): string | undefined {
  const complete = modelName === '12' ? [(parts[0] ?? '').padStart(maxWeightedDigits, '0')] : [...parts];
  for (const group of siModels[modelName]?.checked ?? []) {
    const present = group.filter((index) => complete[index] !== undefined);
    const last = present.at(-1);
    if (last === undefined) continue;
    const check = siCheckDigit(present.map((index) => complete[index]).join(''));
    if (check === undefined) return undefined;
    complete[last] += String(check);
  }
  return `SI${modelName}${complete.join('-')}`;
}
