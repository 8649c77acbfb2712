import { z } from 'zod';

/** Labels of letters, digits and inner hyphens; at least two of them, the last one no number: no address of a machine. */
const dnsName = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/** As name servers know it: `čebela.si` is `xn--ebela-gya.si` (IDNA, RFC 5890). What is no name stays as it is. */
function asciiName(name: string): string {
  const address = `http://${name}/`;
  if (!URL.canParse(address)) return name;
  const { hostname, href } = new URL(address);
  return href === `http://${hostname}/` ? hostname : name;
}

/**
 * A host name under which the portal is reached, in the form that is compared. Who pastes the whole address from the
 * browser has named it, too.
 */
export const hostSchema = z
  .string()
  .max(300, 'too_long')
  .transform((typed) =>
    typed
      .trim()
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/[./]+$/, ''),
  )
  .transform(asciiName)
  .pipe(z.string().regex(dnsName, 'host'));
