/** The shape of the Slovene messages with any words in it: a key that English lacks is a type error. */
export type SameKeys<Messages> = {
  readonly [Key in keyof Messages]: Messages[Key] extends string ? string : SameKeys<Messages[Key]>;
};
