/** The portal's address as people read it aloud. */
export const shownAddress = (address: string): string => address.replace(/^https:\/\//, '').replace(/\/$/, '');
