/** Works one after the other, whatever becomes of each; `after` runs behind every one. */
export function createTurns(after: () => void = () => undefined): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work).finally(after);
    last = turn.catch(() => undefined);
    return turn;
  };
}
