import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createAppProtocol } from '../../../src-main/gateway/app-protocol.ts';
import { memoryLog } from '../../helpers/memory-log.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

let get: (url: string, init?: RequestInit) => Promise<Response>;

beforeEach(async () => {
  const folder = await temporaryFolder();
  const rendererFolder = join(folder, 'renderer');
  await mkdir(join(rendererFolder, 'assets'), { recursive: true });
  await writeFile(join(rendererFolder, 'index.html'), '<!doctype html>');
  await writeFile(join(rendererFolder, 'assets', 'a.js'), 'export {}');
  await writeFile(join(rendererFolder, 'assets', 'data.bin'), 'x');
  await writeFile(join(folder, 'outside.html'), 'outside');
  const gateway = { ask: () => Promise.reject(new Error('not asked')) };
  const handle = createAppProtocol({ gateway, rendererFolder, log: memoryLog().log });
  get = (url, init) => handle(new Request(url, init));
});

describe('the files of the renderer', () => {
  test('are served with their type under the content security policy', async () => {
    for (const [path, mediaType] of [
      ['/', 'text/html; charset=utf-8'],
      ['/index.html', 'text/html; charset=utf-8'],
      ['/assets/a.js', 'text/javascript; charset=utf-8'],
    ]) {
      const response = await get(`app://iiportal${path}`);
      expect(response.status).toBe(200);
      expect(response.headers.get('Content-Type')).toBe(mediaType);
      expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
      const policy = response.headers.get('Content-Security-Policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("style-src 'self';");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
    }
  });

  test.each([
    'app://iiportal/../outside.html',
    'app://iiportal/%2e%2e/outside.html',
    'app://iiportal/..%2foutside.html',
    'app://iiportal/assets/..%2f..%2foutside.html',
    'app://iiportal/..%5coutside.html',
    'app://iiportal/C:%5coutside.html',
    'app://iiportal/index.html%00.js',
    'app://iiportal/%E0%A4%A',
    'app://iiportal//etc/passwd',
    'app://iiportal/assets',
    'app://iiportal/assets/data.bin',
    'app://somebody/index.html',
  ])('%s is not found', async (url) => {
    const response = await get(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });

  test('are read, never written', async () => {
    expect((await get('app://iiportal/index.html', { method: 'POST', body: 'x' })).status).toBe(404);
  });
});
