import { say } from './say.mjs';

/** `12 passed, 0 failed`: the line by which a machine reads a run. */
export const countLine = ({ passed, failed }) => `${passed} passed, ${failed} failed`;

/** A part that counts as one failed test, because it did not get as far as its tests. */
export const failedPart = (name) => ({ name, passed: 0, failed: 1, skipped: 0, failures: [name], secondTries: [] });

/**
 * One part for each of these projects, from the counts of their files. A project whose tests were not found or not
 * started must not look like one that passed.
 */
export function partsOf(counts, projects) {
  const names = new Set([...projects, ...counts.map(({ project }) => project)]);
  return [...names].map((name) => {
    const own = counts.filter(({ project }) => project === name);
    if (own.length === 0) return failedPart(`${name}, which did not run`);
    const failures = own.flatMap((count) => count.failures);
    return { name, ...sum(own), failures, secondTries: own.flatMap((count) => count.secondTries ?? []) };
  });
}

/** The files that were run once more count as they ended then; what had failed before is told as a second try. */
export const withSecondTries = (first, second) =>
  first.map((count) => {
    const again = second.find(({ project, file }) => project === count.project && file === count.file);
    return again ? { ...again, secondTries: count.failures } : count;
  });

/** The sum of parts `{ name, passed, failed, skipped }`. */
export function sum(parts) {
  const total = (state) => parts.reduce((so, part) => so + part[state], 0);
  return { passed: total('passed'), failed: total('failed'), skipped: total('skipped') };
}

/** The names of what needed a second try, then of what failed: a machine that shows the end of a log shows these. */
export const notable = (parts) => [
  ...parts.flatMap(({ secondTries }) => secondTries.map((name) => `second try: ${name}`)),
  ...parts.flatMap(({ failures }) => failures.map((name) => `failed: ${name}`)),
];

/** Shows the parts, what is notable of them, and their sum as the last line; a failure makes the exit code 1. */
export function summarize(parts) {
  const width = Math.max(...parts.map(({ name }) => name.length));
  say('');
  for (const part of parts) {
    const skipped = part.skipped > 0 ? `, ${part.skipped} skipped` : '';
    say(`${part.name.padEnd(width)}  ${countLine(part)}${skipped}`);
  }
  for (const line of notable(parts)) say(line);
  const total = sum(parts);
  say(countLine(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
}
