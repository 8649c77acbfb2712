import { writeFileSync } from 'node:fs';

/**
 * A reporter for vitest that writes, to the file named by TEST_COUNTS, how many tests of each project passed and
 * failed. A file that cannot be loaded, and an error outside of any test, count as a failure of their own.
 */
export default class Counts {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = {};
    const count = (project, state, number = 1) => {
      counts[project] ??= { passed: 0, failed: 0, skipped: 0 };
      counts[project][state] += number;
    };
    for (const module of modules) {
      const { name } = module.project;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        count(name, state === 'pending' ? 'failed' : state);
      }
      const broken = module.errors().length + suiteErrors(module);
      if (broken > 0) count(name, 'failed', broken);
    }
    if (unhandledErrors.length > 0) count('outside of the tests', 'failed', unhandledErrors.length);
    writeFileSync(process.env.TEST_COUNTS, JSON.stringify(counts));
  }
}

function suiteErrors(module) {
  let errors = 0;
  for (const suite of module.children.allSuites()) errors += suite.errors().length;
  return errors;
}
