import type { DesktopApi, Result } from '../../contract/desktop/api.ts';
import { ApiProblem } from '../api/problem.ts';

export type {
  Keeping,
  OfflineState,
  PortalAddress,
  PortalPolicy,
  PrintProgress,
  Saved,
  ShellInfo,
  SignInCredentials,
  SlipPasswordProgress,
  Theme,
  UpdateState,
  UploadProgress,
} from '../../contract/desktop/api.ts';

declare global {
  interface Window {
    /** Put there by the preload script under `bridgeName`. */
    readonly desktop: DesktopApi;
  }
}

/** The only door to the computer that the app runs on. */
export const desktop = (): DesktopApi => window.desktop;

/** The value of a bridge's answer; its problem is thrown, as that of an API call is. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new ApiProblem(result.problem);
}
