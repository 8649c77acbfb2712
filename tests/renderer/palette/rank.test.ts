import { describe, expect, it } from 'vitest';
import { rank } from '../../../src-renderer/modules/palette/rank.ts';

describe('what fits what is typed', () => {
  it('begins with it, then has a word that does, then has it somewhere', () => {
    expect(rank('Plačniki', 'plac')).toBe(0);
    expect(rank('Pokaži plačnike brez računa', 'plač')).toBe(1);
    expect(rank('Pokaži plačnike brez računa', 'racun plac')).toBe(2);
    expect(rank('Pokaži plačnike brez računa', 'niki')).toBeNull();
  });

  it('is found without marks and in capitals', () => {
    expect(rank('Špela Žižek', 'SPELA ZIZEK')).toBe(0);
    expect(rank('Đurđa', 'durd')).toBe(0);
  });
});
