/** Where no MySQL can be had; the message says why. */
export class MySqlMissing extends Error {}

export async function startMySql() {
  throw new MySqlMissing('No MySQL server can be had on this machine.');
}
