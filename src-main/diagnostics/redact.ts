import { homedir } from 'node:os';
import { ZodError } from 'zod';

/** Never written, whatever it holds: secrets, people, and what somebody owes. */
const hiddenName =
  /token|password|secret|authorization|cookie|key$|e-?mail|iban|reference|payer|amount|cents|(first|last|file)name$|street|town|phone|tax/i;

/** The name of this folder is often a person's; an address of a file writes it in another way than a path. */
const home = homedir();
const ownFolders = [home, encodeURI(home.replaceAll('\\', '/'))].map((folder) =>
  folder.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
);
/** A file's name may have spaces and say whose it is: to the end of the line. */
const ownFile = new RegExp(`(${ownFolders.join('|')})[^"'<>|\\n]*`, 'gi');

/** What gives a person or a secret away, wherever it stands. In this order: of addresses only where they lead stays. */
const traces: readonly (readonly [RegExp, string])[] = [
  [/\b((?:https?|app|iiportal):\/\/)(?:[^\s/?#"'<>]*@)?([^\s/?#"'<>]+)(?:[/?#][^\s"'<>]*)?/gi, '$1$2'],
  [ownFile, '[file]'],
  [/(file:\/\/\/?)?\b[a-z]:[\\/](users|documents and settings)[\\/][^"'<>|\n]*/gi, '[file]'],
  [/(file:\/\/)?(?<![\w.])\/(home|root|Users|tmp|var|private|media|mnt|run|Volumes)\/[^"'<>|\n]*/g, '[file]'],
  [/[^\s"'<>@]+@[^\s"'<>@]+/g, '[e-mail]'],
  // 256 bits in base64 or hexadecimal; then what has the length of our ids.
  [/[A-Za-z0-9_-]{40,}={0,2}/g, '[secret]'],
  [/\b[0-9a-f]{32}\b/gi, '[id]'],
  [/\b[A-Z]{2}\d{2}( ?[A-Z0-9]{4}){2,7}( ?[A-Z0-9]{1,4})?\b/g, '[iban]'],
  [/-?\d{1,3}([. \u00a0]?\d{3})*,\d{2}\b/g, '[amount]'],
  // A payer's code, a tax number, a telephone: six digits and more, with what is written between them.
  [/\+?\d([ /-]?\d){5,}/g, '[number]'],
];

/** A text without what gives a person or a secret away. */
export const cleaned = (text: string): string =>
  traces.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text);

/** The parser's words for a text quote it, and a system's name the file: what is between the first quote and the last. */
const quoted = /(?<!\w)["'`«»„“].*["'`«»“”]/s;

/** Where the code failed, without the folders it lies in. */
function framesOf(stack: string | undefined): string[] {
  const frames = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return frames.slice(0, 5).map((line) => cleaned(line.trim().replace(/(?:[^\s()]*[\\/])([^\s\\/()]+:\d+)/, '$1')));
}

function redactedError(error: Error): object {
  const { code } = error as { code?: unknown };
  const message =
    error instanceof ZodError
      ? error.issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.code}`).join(', ')
      : error.message.replace(quoted, '"…"');
  return {
    name: error.name,
    ...(typeof code === 'string' && { code: cleaned(code) }),
    message: cleaned(message),
    at: framesOf(error.stack),
    ...(error.cause !== undefined && { cause: redacted(error.cause) }),
  };
}

/** What may go into the log: without secrets and people, errors as their class, message and place. */
export function redacted(value: unknown, name = ''): unknown {
  if (hiddenName.test(name)) return '[hidden]';
  if (typeof value === 'string') return cleaned(value);
  if (value instanceof Error) return redactedError(value);
  if (Array.isArray(value)) return value.map((item) => redacted(item));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redacted(item, key)]));
  }
  return value;
}
