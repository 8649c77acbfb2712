export const diagnostics = {
  card: 'Help',
  title: 'Details for support',
  about: 'Send them to the manager when something does not work. They hold no personal data of yours.',
  show: 'Show details',
  lead: 'This is all that is copied: versions, the state of the program and its last records. No names, amounts or passwords.',
  reading: 'Collecting the details …',
  unreadable: 'The details could not be collected. Restart the program and try again.',
  copy: 'Copy details for support',
  copied: 'The details are copied. Paste them into your message.',
  save: 'Save to a file',
  saved: 'The details are saved.',
  fileName: 'iiPortal-support-details.txt',
  settingsLost: {
    title: 'The settings of this computer are back to the beginning',
    text: 'The file with the settings was damaged. Enter the address of the portal and sign in again. Your slips are on the portal; nothing is lost.',
    read: 'I understand',
  },
};
