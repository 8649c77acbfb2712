export interface Part {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function countLine(count: Pick<Part, 'passed' | 'failed'>): string;
export function sum(parts: readonly Part[]): Pick<Part, 'passed' | 'failed' | 'skipped'>;
