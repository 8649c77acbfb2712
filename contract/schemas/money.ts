import { z } from 'zod';

/** Euro cents. Safe integers reach 90 billion euros. */
export const centsSchema = z.int();

/** A decimal number as text, dot, no exponent: quantities and prices are shown and never computed with. */
export const decimalSchema = z.string().regex(/^-?\d{1,12}(\.\d{1,6})?$/, 'decimal');
