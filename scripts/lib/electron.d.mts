export interface ElectronRuntime {
  readonly folder: string;
  readonly path: string;
  readonly version: string;
}

/** The Electron to run and test with, or undefined when `npm run setup` has not made one ready. */
export function findElectron(): ElectronRuntime | undefined;

/** The flags Electron needs on this machine; `why` says so when its sandbox is switched off. */
export function sandboxFlags(): { readonly flags: string[]; readonly why?: string };
