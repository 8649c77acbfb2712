import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProject } from './folders.mjs';
import { runTool } from './packages.mjs';
import { say } from './say.mjs';
import { failedPart, partsOf, withSecondTries } from './summary.mjs';

/**
 * Runs these projects of vitest.config.ts, shows the results, and answers one part for each:
 * `{ name, passed, failed, skipped, failures, secondTries }`. A run that ends badly without a failed test is a failure too.
 */
export async function runTests(...projects) {
  const { code, counts } = await runVitest(projects);
  return [...partsOf(counts, projects), ...endedBadly(code, counts)];
}

/**
 * The tests of the real application, the same way. A real window on a busy machine now and then misses a key or a click
 * that no person would miss, and the tests of a file build on each other: a file of which one failed is run once more,
 * from its start, and named at the end of the run, so that it is seen.
 */
export async function runAppTests() {
  const projects = ['end-to-end'];
  const first = await runVitest(projects);
  const again = first.counts.filter(({ failed, file }) => failed > 0 && file);
  if (again.length === 0) return [...partsOf(first.counts, projects), ...endedBadly(first.code, first.counts)];
  say(`${again.map(({ file }) => file).join(', ')}: once more, from the start.`);
  const second = await runVitest(
    projects,
    again.map(({ file }) => file),
  );
  return [
    ...partsOf(withSecondTries(first.counts, second.counts), projects),
    ...endedBadly(second.code, second.counts),
  ];
}

async function runVitest(projects, files = []) {
  const folder = await mkdtemp(join(tmpdir(), 'iiportal-counts-'));
  const file = join(folder, 'counts.json');
  const reporters = ['--reporter=dot', `--reporter=${inProject('scripts', 'lib', 'vitest-counts.mjs')}`];
  const args = ['run', ...files, ...projects.map((project) => `--project=${project}`), ...reporters];
  const { code } = await runTool('vitest/vitest.mjs', args, { show: true, env: { TEST_COUNTS: file } });
  const counts = JSON.parse(await readFile(file, 'utf8').catch(() => '[]'));
  await rm(folder, { recursive: true });
  return { code, counts };
}

const endedBadly = (code, counts) =>
  code !== 0 && counts.every(({ failed }) => failed === 0) ? [failedPart('vitest, which ended badly')] : [];
