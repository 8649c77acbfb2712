import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DocumentLimit } from '../../../server/pdf/engine/document-limit.ts';
import { PdfFile } from '../../../server/pdf/engine/pdf-file.ts';
import { isPrintable, unprintable } from '../../../server/pdf/engine/printable.ts';
import { Sheet, type TextStyle } from '../../../server/pdf/sheet.ts';
import { pdfFonts, pdfInfo, pdfPages, pdfPicture, pdfStructure, pdfText, pdfWords } from '../../helpers/read-pdf.ts';

// Other programs read the files, which takes its time where others work beside us.

const facts = { title: 'Preskus', author: 'Žiga', subject: 'Pisave (in č)', created: new Date('2026-11-23T10:00:00Z') };
const style: TextStyle = { font: 'regular', size: 10 };

/** What is drawn, as a file. */
function fileOf(draw: (sheet: Sheet) => void, isTagged = false): Buffer {
  const sheet = new Sheet({ isTagged });
  sheet.addPage();
  draw(sheet);
  const file = new PdfFile(facts);
  for (const page of sheet.takePages()) file.addPage(page);
  file.use(sheet.fonts, sheet.pictures);
  file.end(sheet.structure?.root);
  return file.take();
}

const fileOfTexts = (texts: readonly string[], font: TextStyle = style): Buffer =>
  fileOf((sheet) => sheet.lines(texts, font, { x: 40, y: 40, width: 500 }));

describe('texts', () => {
  it.each(['regular', 'semibold', 'bold', 'mono', 'form'] as const)('in %s are read as they were written', (font) => {
    const texts = [
      ...['Žiga Ščuka, Čučkova 5, 1000 Ljubljana', 'čšžćđ ČŠŽĆĐ äöüÄÖÜ', '1.234,56 € − 0,5 × 2 m² – „a“'],
      ...['Șuțu Őrség Łódź ñ ß Þ', "!#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"],
    ];
    const pdf = fileOfTexts(texts, { font, size: 9 });
    expect(pdfText(pdf)).toBe(`${texts.join(' ')} `);
    expect(pdfFonts(pdf).every(({ isEmbedded, isSearchable }) => isEmbedded && isSearchable)).toBe(true);
  });

  it('embed the second part of a font only where it is needed, and lose no place where the parts meet', () => {
    const usual = fileOfTexts(['Žiga Ščuka']);
    const rare = fileOfTexts(['Żigą Ščuka']);
    expect(pdfFonts(usual).map(({ name }) => name)).toEqual(['IICORE+AtkinsonHyperlegibleNext-Regular']);
    expect(pdfFonts(rare).map(({ name }) => name)).toEqual([
      'IICORE+AtkinsonHyperlegibleNext-Regular',
      'IIREST+AtkinsonHyperlegibleNext-Regular',
    ]);
    expect(usual.length).toBeLessThan(13_000);
    const [word] = pdfWords(rare);
    expect(word!.text).toBe('Żigą');
    expect(word!.right - word!.left).toBeCloseTo(new Sheet().width('Żigą', style), 1);
  });

  it('are as wide on paper as they were measured', () => {
    for (const text of ['Električna', '1.234,56', 'WAVE', '−0123456789']) {
      const [word] = pdfWords(fileOfTexts([text]));
      expect(word!.right - word!.left).toBeCloseTo(new Sheet().width(text, style), 1);
    }
  });

  it('have figures of one width, and a zero that is no O', () => {
    const sheet = new Sheet();
    const widths = [...'0123456789'].map((figure) => sheet.width(figure, style));
    expect(new Set(widths).size).toBe(1);
    const picture = (text: string) =>
      Buffer.from(pdfPicture(fileOfTexts([text], { font: 'mono', size: 60 }), 1, 40).data);
    expect(picture('0').equals(picture('O'))).toBe(false);
  });

  it('are composed, and rid of what is not seen', () => {
    expect(
      pdfText(fileOfTexts(['z\u030ciga c\u030c', 'raz\u00addelil\u200bnik', 'a\u202fb\u2011c', 'tab\tulator'])),
    ).toBe('žiga č razdelilnik a b-c tab ulator ');
  });

  it('show a box for what no font has, instead of losing it', () => {
    const dark = (text: string) => pdfPicture(fileOfTexts([text]), 1, 150).data.filter((value) => value < 200).length;
    for (const text of ['Привет', '漢字', '😀', '\u0001'])
      expect(dark(`a${text}`), text).toBeGreaterThan(dark('a') + 20);
    expect(unprintable('Žiga 😀 Привет 😀 Şü\u00ad')).toEqual(['😀', 'П', 'р', 'и', 'в', 'е', 'т']);
    expect([isPrintable('n\u030c „Őrség“ €'), isPrintable('a\u0001')]).toEqual([true, false]);
  });
});

describe('the file', () => {
  it('tells its facts, its language and nothing of the clock', () => {
    const pdf = fileOfTexts(['a']);
    expect(pdfInfo(pdf)).toMatchObject({
      ...{ Title: 'Preskus', Author: 'Žiga', Subject: 'Pisave (in č)', 'PDF version': '1.7' },
      ...{ CreationDate: '2026-11-23T10:00:00Z', 'Page size': '595.28 x 841.89 pts (A4)', Tagged: 'no' },
    });
    expect(fileOfTexts(['a']).equals(pdf)).toBe(true);
  });

  it('finds each of many pages', () => {
    const pdf = fileOf((sheet) => {
      for (let page = 1; page <= 750; page += 1) {
        sheet.line(`stran ${page}`, style, { x: 40, y: 40, width: 500 });
        if (page < 750) sheet.addPage();
      }
    });
    expect(pdfPages(pdf).map((text) => text.trim())).toEqual(
      Array.from({ length: 750 }, (_, page) => `stran ${page + 1}`),
    );
  });

  it('has no more pages than it may', () => {
    const sheet = new Sheet({ mostPages: 2 });
    sheet.addPage();
    sheet.addPage();
    expect(() => sheet.addPage()).toThrow(DocumentLimit);
  });

  it('has a picture in it once, in its colours, however often it is drawn', () => {
    const red = [200, 30, 40];
    const blue = [10, 60, 220];
    const pixels = Array.from({ length: 32 * 32 }, (_, at) => (at % 32 < 16 ? red : blue)).flat();
    const logo = { kind: 'rgb', bytes: deflateSync(Buffer.from(pixels)), width: 32, height: 32 } as const;
    const drawn = (times: number) =>
      fileOf((sheet) => {
        for (let time = 0; time < times; time += 1) sheet.image({ ...logo }, [40 + 70 * time, 40, 64, 64]);
      });
    expect(drawn(3).length).toBeLessThan(drawn(1).length + 100);
    const { data, width } = pdfPicture(drawn(2), 1, 72);
    const pixel = (x: number, y: number) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)];
    for (const left of [40, 110]) {
      expect([pixel(left + 10, 50), pixel(left + 54, 95)]).toEqual([red, blue]);
      expect([pixel(left - 3, 50), pixel(left + 54, 107)]).toEqual([[255, 255, 255], [255, 255, 255]]); // prettier-ignore
    }
  });
});

describe('tags', () => {
  it('say what is read, in which order, as what and instead of what', () => {
    const pdf = fileOf((sheet) => {
      const place = { x: 40, y: 40, width: 60 };
      sheet.artifact(() => sheet.line('glava', style, place));
      sheet.tag('H1', () => sheet.line('Naslov', style, place));
      sheet.paragraph('prva druga tretja četrta', style, place);
      sheet.tag('Table', () => {
        sheet.tag('TR', () => sheet.tag('TH', () => sheet.line('Znesek', style, place)));
        sheet.addPage();
        sheet.tag('TR', () => sheet.tag('TD', () => sheet.line('1,00', style, place)));
      });
      sheet.tag('Figure', () => sheet.rect([40, 40, 40, 40], '#000000'), 'Črn kvadrat');
    }, true);
    expect(pdfInfo(pdf)).toMatchObject({ Tagged: 'yes' });
    const structure = pdfStructure(pdf).replace(/\s+/g, ' ').replaceAll(' "', '"');
    expect(structure).toMatch(
      /^Document H1 \(block\)"Naslov" P \(block\)"prva druga tretja četrta" Table \(block\) TR TH: \/Scope \/Column"Znesek" TR TD"1,00" Figure/,
    );
    expect(structure).not.toContain('glava');
    expect(pdfText(pdf)).toContain('glava');
  });
});
