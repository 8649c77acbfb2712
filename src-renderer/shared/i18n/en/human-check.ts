import type { SameKeys } from '../same-keys.ts';
import type { humanCheck as slovene } from '../sl/human-check.ts';

export const humanCheck: SameKeys<typeof slovene> = {
  title: 'Checking that you are not a robot',
  hint: 'One moment, please. If a box appears, click it.',
  checking: 'Checking that you are not a robot …',
  done: 'All is well: you are not a robot.',
};
