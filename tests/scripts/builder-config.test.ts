import { getConfig } from 'app-builder-lib/out/util/config/config.js';
import AppImageTarget from 'app-builder-lib/out/targets/appimage/AppImageTarget.js';
import { expect, test } from 'vitest';

test('no package starts the program with arguments, without its sandbox least of all', async () => {
  const config = await getConfig(process.cwd(), 'electron-builder.yml', null);
  expect(JSON.stringify(config)).not.toMatch(/no-sandbox|disable-|allow-/);

  // What electron-builder makes of it for an AppImage, which by itself adds --no-sandbox.
  const lines: string[] = [];
  const helper = { computeDesktopEntry: (_options: unknown, exec: string) => Promise.resolve(lines.push(exec)) };
  const packager = { config, platformSpecificBuildOptions: config.linux, appInfo: { buildVersion: '1' } };
  const target = new AppImageTarget('appImage', packager as never, helper as never, '');
  await (Reflect.get(target, 'desktopEntry') as { value: Promise<unknown> }).value;
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^AppRun\s+%U$/);
});
