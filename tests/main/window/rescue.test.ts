import { EventEmitter } from 'node:events';
import type { BrowserWindow, MessageBoxOptions } from 'electron';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { brokenPage, rescue } from '../../../src-main/window/rescue.ts';
import { memoryLog } from '../../helpers/memory-log.ts';

/* A window as far as it matters; the real one crashes in tests/end-to-end/window.test.ts. */

const first = 'app://iiportal/index.html';

function open() {
  const contents = Object.assign(new EventEmitter(), {
    forcefullyCrashRenderer: vi.fn(() => contents.emit('render-process-gone', {}, { reason: 'killed', exitCode: 9 })),
  });
  const shown: string[] = [];
  const window = Object.assign(new EventEmitter(), {
    webContents: contents,
    isDestroyed: () => false,
    loadURL: (address: string) => Promise.resolve(void shown.push(address)),
  });
  const asked: MessageBoxOptions[] = [];
  const answers: ((response: number) => void)[] = [];
  const { log, lines } = memoryLog();
  const copyDiagnostics = vi.fn(() => Promise.resolve());
  const quit = vi.fn();
  let now = 0;
  rescue({
    window: window as unknown as BrowserWindow,
    language: () => 'sl',
    ask: (options) =>
      new Promise((resolve) => {
        asked.push(options);
        answers.push((response) => resolve({ response, checkboxChecked: false }));
        options.signal?.addEventListener('abort', () => resolve({ response: 0, checkboxChecked: false }));
      }),
    ...{ copyDiagnostics, quit, log, now: () => now },
  });
  const crash = (reason = 'crashed') => contents.emit('render-process-gone', {}, { reason, exitCode: 5 });
  const answer = async (words: string) => {
    answers.at(-1)!(asked.at(-1)!.buttons!.indexOf(words));
    await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    window,
    contents,
    shown,
    asked,
    answer,
    lines,
    copyDiagnostics,
    quit,
    crash,
    pass: (ms: number) => (now += ms),
  };
}

let opened: ReturnType<typeof open>;
beforeEach(() => {
  opened = open();
});

describe('a page whose process is gone', () => {
  test('is replaced by one that offers to go on, in the language of the program', () => {
    opened.crash();
    expect(opened.shown).toEqual([brokenPage('sl')]);
    expect(brokenPage('en')).toBe('app://iiportal/broken.html#en');
    expect(opened.lines.join('')).toContain('"reason":"crashed"');
  });

  test('is left alone when it has ended as it should', () => {
    opened.crash('clean-exit');
    expect(opened.shown).toEqual([]);
  });

  test('three times within a minute turns in no circle: the system asks, and details can be copied', async () => {
    for (let i = 0; i < 3; i++) opened.crash();
    expect(opened.shown).toHaveLength(2);
    expect(opened.asked).toHaveLength(1);
    opened.crash();
    expect(opened.asked).toHaveLength(1);
    await opened.answer('Kopiraj podatke za pomoč');
    expect(opened.copyDiagnostics).toHaveBeenCalledOnce();
    expect(opened.asked).toHaveLength(2);
    await opened.answer('Poskusi znova');
    expect(opened.shown.at(-1)).toBe(first);
    opened.crash();
    expect(opened.shown.at(-1)).toBe(brokenPage('sl'));
    expect(opened.quit).not.toHaveBeenCalled();
  });

  test('for good ends the program, when the person wants that', async () => {
    for (let i = 0; i < 3; i++) opened.crash();
    await opened.answer('Zapri program');
    expect(opened.quit).toHaveBeenCalledOnce();
  });

  test('now and then is no circle', () => {
    for (let i = 0; i < 6; i++) {
      opened.crash();
      opened.pass(31_000);
    }
    expect(opened.shown).toHaveLength(6);
    expect(opened.asked).toEqual([]);
  });
});

describe('a page that does not respond', () => {
  test('is waited for, or loaded again, as the person says', async () => {
    opened.window.emit('unresponsive');
    opened.window.emit('unresponsive');
    expect(opened.asked).toHaveLength(1);
    await opened.answer('Počakaj');
    expect(opened.contents.forcefullyCrashRenderer).not.toHaveBeenCalled();
    opened.window.emit('unresponsive');
    await opened.answer('Naloži znova');
    expect(opened.contents.forcefullyCrashRenderer).toHaveBeenCalledOnce();
    // What the person wanted is no accident to be told of.
    expect(opened.shown).toEqual([first]);
  });

  test('that responds again is not asked about any longer', async () => {
    opened.window.emit('unresponsive');
    opened.window.emit('responsive');
    expect(opened.asked[0]!.signal?.aborted).toBe(true);
    await new Promise((resolve) => setImmediate(resolve));
    opened.window.emit('unresponsive');
    expect(opened.asked).toHaveLength(2);
    expect(opened.shown).toEqual([]);
  });
});
