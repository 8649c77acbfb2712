/** A failure that the person at the keyboard can do something about: its message is one sentence that says what. */
export class Problem extends Error {}

/** One line for the person at the keyboard. */
export function say(sentence) {
  process.stdout.write(`${sentence}\n`);
}

/** Runs a script; a `Problem` ends it with its sentence alone, anything else with the whole trace. */
export async function main(script) {
  try {
    await script();
  } catch (error) {
    process.stderr.write(`${error instanceof Problem ? error.message : error.stack}\n`);
    process.exitCode = 1;
  }
}
