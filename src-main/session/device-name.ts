const systems: Partial<Record<NodeJS.Platform, string>> = { win32: 'Windows', darwin: 'macOS', linux: 'Linux' };

/** The computer in the words of its owner: "Windows, PISARNA-3". At most 100 characters, as the server takes it. */
export function deviceName(platform: NodeJS.Platform, hostName: string): string {
  return `${systems[platform] ?? platform}, ${hostName.replace(/\.(local|lan|home)$/i, '')}`.slice(0, 100);
}
