import type { ElectronRuntime } from './electron.d.mts';

/** Makes of out/ the folder of a program installed on Linux, and answers its path. */
export function packageLinuxFolder(
  electron: ElectronRuntime,
  output: string,
  settings?: Readonly<Record<string, string>>,
): Promise<string>;
