/** How wide a text is; a text is as wide as its parts together. */
type Measure = (text: string) => number;

/** A word in parts that fit, of one character at least. */
function wordParts(word: string, width: number, measure: Measure): string[] {
  const parts: string[] = [];
  let part = '';
  let taken = 0;
  for (const character of word) {
    const needed = measure(character);
    if (part !== '' && taken + needed > width) {
      parts.push(part);
      part = '';
      taken = 0;
    }
    part += character;
    taken += needed;
  }
  return [...parts, part];
}

/** Lines no wider than the width, broken at blanks; only a word that is wider by itself is broken inside. */
export function wrapWords(text: string, width: number, measure: Measure): string[] {
  const blank = measure(' ');
  const lines: string[] = [];
  let line = '';
  let taken = 0;
  for (const word of text.split(/[ \t\r\n]+/).filter(Boolean)) {
    const needed = measure(word);
    if (line !== '' && taken + blank + needed <= width) {
      line += ` ${word}`;
      taken += blank + needed;
      continue;
    }
    if (line !== '') lines.push(line);
    const parts = needed > width ? wordParts(word, width, measure) : [word];
    // One by one: a word may have more parts than a call takes arguments.
    for (const part of parts.slice(0, -1)) lines.push(part);
    line = parts.at(-1) ?? '';
    taken = parts.length > 1 ? measure(line) : needed;
  }
  return line === '' ? lines : [...lines, line];
}
