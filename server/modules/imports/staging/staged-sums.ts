import type { Cell } from '../../../db/bulk.ts';
import { kept } from './kept.ts';

interface Sum {
  items: number;
  cents: number;
}

/** Of one building and period. */
export interface BuildingSums {
  readonly period: string;
  readonly building: string;
  slips: number;
  cents: number;
  readonly byDescription: Map<string, Sum>;
}

/** Buildings have a dozen; who writes a number into each description gets one sum for all that come later. */
const mostDescriptions = 20_000;
const others = 'ostalo';

/** What the items of a file come to, by period, building and description. */
export class StagedSums {
  readonly #buildings = new Map<string, BuildingSums>();
  size = 0;

  of(period: string, building: string): BuildingSums {
    const key = `${period}\n${building}`;
    const known = this.#buildings.get(key);
    if (known) return known;
    const sums = { period: kept(period), building: kept(building), slips: 0, cents: 0, byDescription: new Map() };
    this.#buildings.set(kept(key), sums);
    this.size += 1;
    return sums;
  }

  add(sums: BuildingSums, description: string, cents: number): void {
    sums.cents += cents;
    const { byDescription } = sums;
    const name = byDescription.size < mostDescriptions || byDescription.has(description) ? description : others;
    const sum = byDescription.get(name);
    if (sum) {
      sum.items += 1;
      sum.cents += cents;
    } else {
      byDescription.set(kept(name), { items: 1, cents });
      this.size += 1;
    }
  }

  *buildings(): Generator<Cell[]> {
    for (const { period, building, slips, cents } of this.#buildings.values()) yield [period, building, slips, cents];
  }

  *sums(): Generator<Cell[]> {
    for (const { period, building, byDescription } of this.#buildings.values()) {
      for (const [description, { items, cents }] of byDescription) yield [period, building, description, items, cents];
    }
  }
}
