interface Packages {
  readonly packages: Record<
    string,
    { version?: string; integrity?: string; optional?: boolean; devOptional?: boolean }
  >;
}

/** The Node that the project pins. */
export const pinnedNode: string;

/** Whether npm's own record of node_modules holds every package of the lock file, in the same version. */
export function isInstalled(lock: Packages, installed: Packages | undefined): boolean;
