import type { z } from 'zod';
import type { FieldFault } from '../../contract/errors.ts';
import { ApiError } from './api-error.ts';

/** The contract's own rules are named by their message (`payer_code`); zod's by their kind (`invalid_type`). */
const ruleOf = ({ message, code }: { message: string; code?: string | undefined }): string =>
  /^[a-z][a-z_]*$/.test(message) ? message : (code ?? 'invalid');

const faultsOf = (error: z.ZodError): FieldFault[] =>
  error.issues.slice(0, 50).map((issue) => ({ path: issue.path.map(String).join('.'), rule: ruleOf(issue) }));

/** @throws invalid_request naming each faulty field and the rule it breaks, never its value */
export function parse<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new ApiError('invalid_request', { fields: faultsOf(parsed.error) });
  return parsed.data;
}
