export const updates = {
  title: 'A new version is ready',
  text: 'Version {version} will install itself when you close the program. To have it now, restart the program.',
  restart: 'Restart now',
  later: 'Later',
  failed: 'The new version could not be installed. The program works on as before and will try again.',
  name: 'New versions',
  is: {
    off: 'Install a new version the way you installed this one.',
    managed: 'New versions are installed by whoever looks after this computer.',
    none: 'The program finds and downloads them by itself.',
    ready: 'Version {version} is ready. It will be installed when you close the program.',
  },
  check: 'Look for a new version',
  notFound: 'We found no new version.',
};
