import type { Settings, SettingsFile } from '../settings/settings.ts';
import type { Policy } from './policy.ts';

/**
 * The settings as the policy lets them be: its portal instead of the person's, or none at all where it cannot be read.
 * What the file says stays there, and holds again once the policy is gone; so does, behind a damaged policy, whoever is
 * signed in.
 */
export function governedSettings(settings: SettingsFile, policy: Policy): SettingsFile {
  if (policy.state === 'none') return settings;
  const governed: Partial<Settings> =
    policy.state === 'pinned' ? { portal: policy.portal } : { portal: null, signedIn: null };
  return { ...settings, get: () => ({ ...settings.get(), ...governed }) };
}
