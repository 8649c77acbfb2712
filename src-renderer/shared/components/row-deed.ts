/** Something that can be done with a row of a list. */
export interface RowDeed {
  readonly label: string;
  /** The label with the row's name in it, for the ear. */
  readonly spoken: string;
  readonly act: () => void;
}
