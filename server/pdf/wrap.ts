type Measure = (text: string) => number;

/** The longest beginning of a word that fits, one character at least. */
function breakWord(word: string, width: number, measure: Measure): [head: string, rest: string] {
  const characters = [...word];
  let count = 1;
  while (count < characters.length && measure(characters.slice(0, count + 1).join('')) <= width) count += 1;
  return [characters.slice(0, count).join(''), characters.slice(count).join('')];
}

/** A word in parts that fit. */
function wordParts(word: string, width: number, measure: Measure): string[] {
  const parts: string[] = [];
  let rest = word;
  while (measure(rest) > width && [...rest].length > 1) {
    const [head, tail] = breakWord(rest, width, measure);
    parts.push(head);
    rest = tail;
  }
  return [...parts, rest];
}

/** Lines no wider than the width, broken at blanks; only a word that is wider by itself is broken inside. */
export function wrapWords(text: string, width: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[ \t\r\n]+/).filter(Boolean)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (measure(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const parts = wordParts(word, width, measure);
    lines.push(...parts.slice(0, -1));
    line = parts.at(-1) ?? '';
  }
  return line === '' ? lines : [...lines, line];
}
