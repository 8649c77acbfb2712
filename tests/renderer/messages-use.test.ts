import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'vue/compiler-sfc';
import { sl } from '../../src-renderer/shared/i18n/sl/index.ts';

type Messages = { readonly [key: string]: string | Messages };

const keysOf = (messages: Messages, prefix = ''): string[] =>
  Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keysOf(value, `${prefix}${key}.`),
  );

const root = path.resolve(import.meta.dirname, '../../src-renderer');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(vue|ts)$/.test(name) && !/i18n.(sl|en)./.test(name))
  .map((name) => ({ name: name.replaceAll('\\', '/'), text: readFileSync(path.join(root, name), 'utf8') }));
const all = sources.map(({ text }) => text).join('\n');

/** `a.b` in quotes, which is a key or the beginning of one. */
const literals = new Set([...all.matchAll(/(["'])([\w-]+(?:\.[\w-]+)*)\1/g)].map((found) => found[2] ?? ''));

/** A key that is put together: what stands in the gaps has dots as well. */
const gap = /\$\{[^}]+\}/;
const templates = [...new Set([...all.matchAll(/(?=`([^`\n]*)`)/g)].map((found) => found[1] ?? ''))]
  .filter((text) => gap.test(text) && /^[\w.-]+$/.test(text.replaceAll(new RegExp(gap, 'g'), 'x')))
  .map((text) => text.split(gap));
const fixed = templates.filter(([first]) => first !== '').map((parts) => new RegExp(`^${parts.map((part) => part.replaceAll('.', '\\.')).join('[\\w.:-]+')}$`)); // prettier-ignore
const endings = templates.filter(([first, ...rest]) => first === '' && rest.length === 1).map(([, ending]) => ending!);

const isNamed = (key: string): boolean => literals.has(key) || fixed.some((pattern) => pattern.test(key));
/** `${of}.title` is asked for where its beginning is named. */
const isAskedFor = (key: string): boolean =>
  isNamed(key) || endings.some((ending) => key.endsWith(ending) && isNamed(key.slice(0, -ending.length)));

/** Names of keys, of the product, and the drawn letter, which is as Slovene as the real one. */
const drawn = new Set(['shared/components/LetterPicture.vue', 'shared/components/AppWordmark.vue']);
const spoken = new Set(['alt', 'aria-label', 'aria-description', 'title', 'placeholder', 'label']);
/** Words that a language has; capitals are names, such as IBAN. */
const words = /\p{Ll}{2,}/u;

/** What we look at of Vue's tree of a template; its own types and numbers are in a package that it does not hand on. */
interface TemplateNode {
  readonly type: number;
  readonly tag?: string;
  readonly content?: unknown;
  readonly children?: readonly TemplateNode[];
  readonly props?: readonly { readonly name: string; readonly value?: { readonly content: string } }[];
}
const textType = 2;

function* writtenIn({ type, tag, content, children = [], props = [] }: TemplateNode): Generator<string> {
  if (tag === 'kbd') return;
  const spokenProps = props.filter(({ name }) => spoken.has(name)).map(({ value }) => value?.content ?? '');
  const own = type === textType ? [String(content)] : spokenProps;
  yield* own.filter((text) => words.test(text));
  for (const child of children) yield* writtenIn(child);
}

describe('the words of the interface', () => {
  it('has no key that no page asks for', () => {
    expect(keysOf(sl).filter((key) => !isAskedFor(key))).toEqual([]);
  });

  it('are in the lists of messages, none in a component', () => {
    const written = sources
      .filter(({ name }) => name.endsWith('.vue') && !drawn.has(name))
      .flatMap(({ name, text: source }) => {
        const tree = parse(source, { sourceMap: false }).descriptor.template?.ast as unknown as TemplateNode;
        return [...writtenIn(tree)].map((text) => `${name}: ${text}`);
      });
    expect(written).toEqual([]);
  });
});
