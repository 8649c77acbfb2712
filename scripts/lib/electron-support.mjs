/**
 * Until when each major of Electron gets security fixes. Electron supports its newest three majors; a new one comes about
 * every eight weeks. Source: https://releases.electronjs.org/schedule, read on 2026-11-24; for 45 it had no date yet: that
 * of 44, eight weeks later. Whoever raises Electron's major adds a line.
 */
const supportedUntil = {
  44: '2027-03-02',
  45: '2027-04-27',
};

const dayMs = 24 * 60 * 60 * 1000;
const soonDays = 30;

/** What is wrong with shipping this version of Electron on that day, or is going to be soon; null when nothing is. */
export function electronSupport(version, now) {
  const major = Number(version.split('.')[0]);
  const until = supportedUntil[major];
  if (until === undefined)
    return { fails: true, text: `scripts/lib/electron-support.mjs does not know Electron ${major}.` };
  const days = Math.floor((new Date(`${until}T00:00:00Z`) - now) / dayMs);
  if (days < 0) return { fails: true, text: `Electron ${major} has had no security fixes since ${until}: raise it.` };
  if (days < soonDays)
    return { fails: false, text: `Electron ${major} gets security fixes until ${until}: raise it soon.` };
  return null;
}
