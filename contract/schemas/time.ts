import { z } from 'zod';

/** A billing period: `2026-10`. */
export const periodSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'period');

/** A day without a time: `2026-10-31`. */
export const daySchema = z.iso.date('day');

/** A moment, UTC: `2026-10-31T10:20:30.000Z`. */
export const instantSchema = z.iso.datetime({ error: 'instant' });

/** A calendar year of periods. */
export const yearSchema = z.int().min(2000).max(2099);
