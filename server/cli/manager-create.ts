import { z } from 'zod';
import { emailSchema, requiredLine } from '../../contract/schemas/text.ts';
import { isUniqueViolation } from '../db/constraints.ts';
import { createManager, type NewManager } from '../modules/managers/managers.service.ts';
import { isIban } from '../payments/iban.ts';
import { toLatin2 } from '../payments/latin2.ts';
import { parseReferenceTemplate } from '../payments/reference-template.ts';
import { check } from './check.ts';
import { UsageError, type Arguments, type Command } from './command.ts';
import { withServices } from './with-services.ts';

const ibanSchema = z
  .string()
  .transform((text) => text.replace(/\s/g, '').toUpperCase())
  .refine(isIban, 'not an IBAN, or mistyped');

/** What stands on each payment order, in its character set. Longer names would not fit the subject of a mail either. */
const paymentLine = requiredLine(150).superRefine((text, context) => {
  const latin2 = toLatin2(text);
  if (latin2.ok) return;
  const message = `payment orders (ISO 8859-2) cannot write ${latin2.unmapped.join(' ')}`;
  context.addIssue({ code: 'custom', message });
});

const templateSchema = z
  .string()
  .trim()
  .max(60)
  .superRefine((text, context) => {
    const template = parseReferenceTemplate(text);
    if (!template.ok) context.addIssue({ code: 'custom', message: `not a template: ${template.fault}` });
  });

const hostSchema = z
  .string()
  .toLowerCase()
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/, 'a host name, without https:// and port');

function readManager(given: Arguments): NewManager {
  const maybe = <T extends z.ZodType>(name: string, schema: T): z.output<T> | null => {
    const text = given.optional(name);
    return text === undefined ? null : check(name, schema, text);
  };
  const host = maybe('host', hostSchema);
  return {
    name: check('name', paymentLine, given.text('name')),
    street: check('street', paymentLine, given.text('street')),
    town: check('town', paymentLine, given.text('town')),
    iban: check('iban', ibanSchema, given.text('iban')),
    referenceTemplate: maybe('reference-template', templateSchema),
    email: maybe('email', emailSchema),
    phone: maybe('phone', requiredLine(50)),
    taxNumber: maybe('tax-number', z.string().regex(/^(SI)?\d{8}$/, 'eight digits')),
    hosts: host === null ? [] : [host],
  };
}

export const managerCreate: Command = {
  words: 'manager create',
  summary: 'Takes a property manager in and prints its id.',
  options: {
    name: { value: 'NAME', help: 'As it stands on payment orders', required: true },
    street: { value: 'STREET', help: 'Street and number', required: true },
    town: { value: 'TOWN', help: 'Post code and town: "1000 Ljubljana"', required: true },
    iban: { value: 'IBAN', help: 'The account that residents pay to', required: true },
    'reference-template': {
      value: 'TEMPLATE',
      help: 'How references are made: "SI12 {payer}{period}" unless said, or over {slip}; "RF {slip}" takes letters',
    },
    host: { value: 'HOST', help: "The host name under which the portal is this manager's" },
    email: { value: 'EMAIL', help: "The office's e-mail address" },
    phone: { value: 'PHONE', help: "The office's telephone number" },
    'tax-number': { value: 'NUMBER', help: 'The tax number' },
  },
  run: async (given) => {
    const manager = readManager(given);
    try {
      console.log(await withServices((services) => createManager(services, manager)));
    } catch (error) {
      if (isUniqueViolation(error)) throw new UsageError('--host: belongs to another manager already');
      throw error;
    }
  },
};
