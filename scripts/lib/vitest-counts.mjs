import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './folders.mjs';

/**
 * A reporter for vitest that writes, to the file named by TEST_COUNTS, a list of `{ project, file, passed, failed,
 * skipped, failures }`: what became of each file of tests, and which of them failed by what. A file that cannot be
 * loaded, and an error outside of any test, count as a failure of their own.
 */
export default class Counts {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = modules.map((module) => {
      const count = emptyCount(module.project.name, relative(root, module.moduleId));
      for (const test of module.children.allTests()) countTest(count, test);
      for (const [name, error] of errorsAround(module)) fail(count, name, error);
      return count;
    });
    const outside = emptyCount('outside of the tests', '');
    for (const error of unhandledErrors) fail(outside, '', error);
    writeFileSync(process.env.TEST_COUNTS, JSON.stringify(outside.failed > 0 ? [...counts, outside] : counts));
  }
}

const emptyCount = (project, file) => ({ project, file, passed: 0, failed: 0, skipped: 0, failures: [] });

function countTest(count, test) {
  const { state, errors } = test.result();
  if (state === 'pending' || state === 'failed') fail(count, test.fullName, errors?.[0]);
  else count[state] += 1;
}

function fail(count, name, error) {
  count.failed += 1;
  const place = [count.project, count.file, name].filter(Boolean).join(' > ');
  count.failures.push(`${place}: ${firstLine(error)}`);
}

/** What went wrong while the file was loaded, or before and after its tests. */
function* errorsAround(module) {
  for (const error of module.errors()) yield ['', error];
  for (const suite of module.children.allSuites()) {
    for (const error of suite.errors()) yield [suite.fullName, error];
  }
}

const firstLine = (error) =>
  stripVTControlCharacters(error?.message ?? 'it did not end')
    .trim()
    .split('\n', 1)[0]
    .slice(0, 200);
