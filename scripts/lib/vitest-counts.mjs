import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './folders.mjs';

/**
 * A reporter for vitest that writes, to the file named by TEST_COUNTS, how many tests of each project passed and
 * failed, which ones failed and by what, and which ones needed a second try. A file that cannot be loaded, and an error
 * outside of any test, count as a failure of their own.
 */
export default class Counts {
  onTestRunEnd(modules, unhandledErrors) {
    const parts = {};
    const partOf = (project) =>
      (parts[project] ??= { passed: 0, failed: 0, skipped: 0, failures: [], secondTries: [] });
    for (const module of modules) {
      const part = partOf(module.project.name);
      for (const test of module.children.allTests()) countTest(part, module, test);
      for (const [name, error] of errorsAround(module)) fail(part, nameOf(module, name), error);
    }
    for (const error of unhandledErrors) fail(partOf('outside of the tests'), 'outside of the tests', error);
    writeFileSync(process.env.TEST_COUNTS, JSON.stringify(parts));
  }
}

function countTest(part, module, test) {
  const { state, errors } = test.result();
  const name = nameOf(module, test.fullName);
  if (state === 'pending' || state === 'failed') fail(part, name, errors?.[0]);
  else part[state] += 1;
  if (test.diagnostic()?.flaky) part.secondTries.push(`${name}: ${firstLine(errors?.[0])}`);
}

function fail(part, name, error) {
  part.failed += 1;
  part.failures.push(`${name}: ${firstLine(error)}`);
}

/** What went wrong while the file was loaded, or before and after its tests. */
function* errorsAround(module) {
  for (const error of module.errors()) yield ['', error];
  for (const suite of module.children.allSuites()) {
    for (const error of suite.errors()) yield [suite.fullName, error];
  }
}

const nameOf = (module, name) =>
  [module.project.name, relative(root, module.moduleId), name].filter(Boolean).join(' > ');

const firstLine = (error) =>
  stripVTControlCharacters(error?.message ?? 'it did not end')
    .trim()
    .split('\n', 1)[0]
    .slice(0, 200);
