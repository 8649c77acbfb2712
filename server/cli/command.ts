import { parseArgs } from 'node:util';

/** What is wrong with a command line, in a sentence for the operator. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What a command was to find out, and found wrong, in a sentence: the program ends with exit code 1. */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed';
}

interface Option {
  readonly help: string;
  /** A switch when false; else what the value stands for in the help. */
  readonly value: string | false;
  readonly required?: boolean;
}

export type Options = Readonly<Record<string, Option>>;

export interface Arguments {
  /** The value of a required option. */
  readonly text: (name: string) => string;
  readonly optional: (name: string) => string | undefined;
  readonly isSet: (name: string) => boolean;
}

export interface Command {
  /** As it is typed: `manager create`. */
  readonly words: string;
  readonly summary: string;
  readonly options: Options;
  readonly run: (given: Arguments) => Promise<void>;
}

const optionHelp = ([name, { help, value, required }]: [string, Option]): string => {
  const form = value === false ? `--${name}` : `--${name} ${value}`;
  return `      ${form.padEnd(28)} ${help}${required ? ' (required)' : ''}`;
};

export const helpText = (commands: readonly Command[]): string =>
  [
    'npm run iiportal -- <command> [options]',
    '',
    'The settings are read from the environment, as those of the server: README.md lists them.',
    '',
    ...commands.flatMap(({ words, summary, options }) => [
      `  ${words}`,
      `      ${summary}`,
      ...Object.entries(options).map(optionHelp),
      '',
    ]),
  ].join('\n');

function parseOptions(options: Options, args: readonly string[]): Record<string, unknown> {
  const declared = Object.fromEntries(
    Object.entries(options).map(([name, { value }]) => [
      name,
      { type: value === false ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  try {
    return parseArgs({ args: [...args], options: declared, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** @throws UsageError for an unknown option and for missing required ones, all of them named */
export function readArguments({ options }: Command, args: readonly string[]): Arguments {
  const values = parseOptions(options, args);
  const missing = Object.keys(options).filter((name) => options[name]?.required && !values[name]);
  if (missing.length > 0) throw new UsageError(`Missing: ${missing.map((name) => `--${name}`).join(', ')}`);
  const optional = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined);
  return {
    optional,
    isSet: (name) => values[name] === true,
    text: (name) => optional(name) ?? '',
  };
}

/** The command whose words the line begins with, and what follows them. */
export function findCommand(
  commands: readonly Command[],
  line: readonly string[],
): { readonly command: Command; readonly rest: readonly string[] } | undefined {
  const command = commands.find(({ words }) => words === line.slice(0, words.split(' ').length).join(' '));
  return command && { command, rest: line.slice(command.words.split(' ').length) };
}
