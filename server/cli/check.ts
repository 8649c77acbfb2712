import type { z } from 'zod';
import { UsageError } from './command.ts';

/** @throws UsageError naming the option and the broken rule */
export function check<T extends z.ZodType>(option: string, schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new UsageError(`--${option}: ${parsed.error.issues[0]?.message ?? 'not valid'}`);
  return parsed.data;
}
