import { button, dialog, heading, menu, person, signIn, signOut } from './screens-walks.mjs';

const months = (count) => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + count)).toISOString().slice(0, 7);
};

/** Wrong due dates in every third row, and a column that nobody knows. */
const spoil = ([head, ...rows]) => [
  `${head};opomba`,
  ...rows.map((row, index) => (index % 3 === 0 ? row.replace(/;(\d+\. \d+\. 2026);/, ';31. 2. 2026;') : row) + ';'),
];

/** What somebody should look at: a payer who is gone, another who has moved, and amounts that are too large. */
const unsettle = ([head, ...rows]) => {
  const codes = [...new Set(rows.map((row) => row.split(';')[0]))];
  const kept = rows.filter((row) => !row.startsWith(`${codes[0]};`));
  return [
    head,
    ...kept.map((row) => {
      const cells = row.split(';');
      if (cells[0] === codes[1]) cells[2] = 'Nova ulica 8';
      if (cells[0] === codes[2] && cells[25] === '0') cells[24] = cells[27] = '90,00';
      return cells.join(';');
    }),
  ];
};

/** A file that is refused, one that is looked at, becomes a draft, is published and taken back. */
export async function walkImports(tour) {
  const { page, words, shoot, sample } = tour;
  const { imports } = words;
  const options = { payers: 40, buildings: 2, seed: 1, until: months(0) };
  const send = async (name, given) => {
    await menu(page, imports.menu).click();
    await page.locator('input[type=file]').setInputFiles(await sample(name, { ...options, ...given }));
  };
  await signIn(tour, person(tour, 'admin'));
  await menu(page, imports.menu).click();
  await heading(page, imports.title).waitFor();
  await shoot('imports');
  await send('napake.csv', { change: spoil });
  await page.getByText(imports.explained.refused).waitFor();
  await shoot('import-refused');
  await send('razdelilniki.csv', { change: unsettle });
  await heading(page, imports.preview.title).waitFor();
  await page.getByRole('table').nth(2).waitFor();
  await shoot('import');
  await heading(page, imports.preview.payers).scrollIntoViewIfNeeded();
  await shoot('import-preview-lists');
  await button(page, imports.confirm.button).click();
  await page.getByText(imports.explained.draft).waitFor();
  await shoot('import-draft');
  await button(page, imports.publish.button).click();
  await dialog(page).getByText(/: \d/).first().waitFor();
  await shoot('import-publish-asked');
  await dialog(page).getByRole('button').last().click();
  await page.getByText(imports.explained.published).first().waitFor();
  await shoot('import-published');
  await button(page, imports.withdraw.button).click();
  await dialog(page).getByRole('textbox').fill('Voda v stavbi A je napačna.');
  await shoot('import-withdraw-asked');
  await dialog(page).getByRole('button').last().click();
  // In the demonstration mails leave at once: then it says that it is too late.
  await dialog(page).getByRole('alert').or(page.getByText(imports.explained.withdrawn)).first().waitFor();
  await shoot('import-withdrawn');
  await page.keyboard.press('Escape');
  await menu(page, imports.menu).click();
  await page.getByRole('row').nth(2).waitFor();
  await shoot('imports-list');
  await button(page, imports.drop.guide).click();
  await dialog(page).waitFor();
  await shoot('imports-guide');
  await page.keyboard.press('Escape');
  await signOut(tour);
}
