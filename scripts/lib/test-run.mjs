import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProject } from './folders.mjs';
import { runTool } from './packages.mjs';
import { failedPart } from './summary.mjs';

/**
 * Runs these projects of vitest.config.ts, shows the results, and answers one part for each:
 * `{ name, passed, failed, skipped, failures, secondTries }`. A run that ends badly without a failed test is a failure too.
 */
export async function runTests(...projects) {
  const folder = await mkdtemp(join(tmpdir(), 'iiportal-counts-'));
  const file = join(folder, 'counts.json');
  const reporters = ['--reporter=dot', `--reporter=${inProject('scripts', 'lib', 'vitest-counts.mjs')}`];
  const args = ['run', ...projects.map((project) => `--project=${project}`), ...reporters];
  const { code } = await runTool('vitest/vitest.mjs', args, { show: true, env: { TEST_COUNTS: file } });
  const counts = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  await rm(folder, { recursive: true });
  const parts = Object.entries(counts).map(([name, count]) => ({ name, ...count }));
  // A project whose tests were not found or not started must not look like one that passed.
  for (const project of projects.filter((name) => !counts[name])) {
    parts.push(failedPart(`${project}, which did not run`));
  }
  if (code !== 0 && parts.every((part) => part.failed === 0)) {
    parts.push(failedPart('vitest, which ended badly'));
  }
  return parts;
}
