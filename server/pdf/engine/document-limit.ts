/** The data would make a document larger than we make one. */
export class DocumentLimit extends Error {}
