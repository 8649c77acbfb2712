import { say } from './say.mjs';

/** `12 passed, 0 failed`: the line by which a machine reads a run. */
export const countLine = ({ passed, failed }) => `${passed} passed, ${failed} failed`;

/** A part that counts as one failed test, because it did not get as far as its tests. */
export const failedPart = (name) => ({ name, passed: 0, failed: 1, skipped: 0, failures: [name], secondTries: [] });

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
