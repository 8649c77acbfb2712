/*
 * npm run gallery: draws the slips of docs/gallery anew, a picture for each page. It needs pdftoppm (poppler-utils).
 * --out says where to; --pdf writes the documents beside the pictures.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PNG } from 'pngjs';
import { slipPdf } from '../server/pdf/slip-pdf.ts';
import { inProject } from './lib/folders.mjs';
import { galleryDocuments } from './lib/gallery-documents.mjs';
import { main, Problem, say } from './lib/say.mjs';

const { values } = parseArgs({
  options: { out: { type: 'string' }, pdf: { type: 'boolean', default: false } },
});

/** Fine enough to read the smallest letters, small enough for a page of pictures. */
const dpi = 110;

/** Rewrites a picture in fewer colours, which nobody sees, and in less than two thirds of its bytes. */
function lighten(file) {
  const picture = PNG.sync.read(readFileSync(file));
  for (let at = 0; at < picture.data.length; at += 1) picture.data[at] = Math.round(picture.data[at] / 5) * 5;
  writeFileSync(file, PNG.sync.write(picture, { colorType: 2, deflateLevel: 9, deflateStrategy: 0, filterType: 0 }));
}

await main(() => {
  const folder = values.out ?? inProject('docs', 'gallery');
  mkdirSync(folder, { recursive: true });
  for (const [name, document] of Object.entries(galleryDocuments)) {
    const pdf = slipPdf(document);
    if (values.pdf) writeFileSync(join(folder, `${name}.pdf`), pdf);
    try {
      execFileSync('pdftoppm', ['-png', '-r', String(dpi), '-', join(folder, name)], { input: pdf });
    } catch (error) {
      if (error.code === 'ENOENT') throw new Problem('pdftoppm is missing: install poppler-utils.');
      throw error;
    }
    for (const file of readdirSync(folder)) if (file.startsWith(`${name}-`)) lighten(join(folder, file));
    say(`${name} → ${folder}`);
  }
});
