import type { Problem } from '../errors.ts';
import type { RegistrationLink } from '../deep-link.ts';
import type { HumanCheckAction } from '../human-check.ts';
import type { Import } from '../imports.ts';
import type { PrintOrder } from '../print-runs.ts';
import type { Language } from '../registrations.ts';
import type { Session } from '../session.ts';
import type { SlipPasswordOrder } from '../slip-passwords.ts';

/** What comes back over the bridge: errors as codes, never as exceptions with somebody's text in them. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export type KeychainState = 'available' | 'locked' | 'absent' | 'denied';
export type Theme = 'system' | 'light' | 'dark';

export interface PortalAddress {
  /** https origin (http on loopback alone), or null before the first start's question is answered. */
  readonly address: string | null;
}

export interface ShellInfo {
  readonly version: string;
  readonly electron: string;
  readonly platform: string;
  readonly keychain: KeychainState;
  readonly language: Language;
  readonly theme: Theme;
}

export interface SignInCredentials {
  readonly email: string;
  readonly password: string;
  readonly humanCheck?: string;
  readonly secondFactor?: string;
  readonly takeOver?: boolean;
}

export interface UploadProgress {
  readonly sent: number;
  readonly total: number;
}

/** How many of a print run's slips the portal has sent. */
export interface PrintProgress {
  readonly slips: number;
  readonly slipsDone: number;
}

/** How much of a file has come. */
export interface SaveProgress {
  readonly bytes: number;
}

export interface EInvoicesToSave {
  readonly runId: string;
  readonly channel: 'bank' | 'bizbox' | 'imdocs';
  readonly managerId: string;
  readonly fileName: string;
}

export type Saved = { readonly saved: boolean; readonly fileName: string | null };

/** The bridge: everything the window may ask of the computer it runs on. The session token is not among it. */
export interface DesktopApi {
  readonly portal: {
    get(): Promise<PortalAddress>;
    /** Checks that an iiPortal server answers there. Signs out when the address changes. */
    set(address: string): Promise<Result<PortalAddress>>;
  };
  readonly session: {
    /** Again with what the problem before asked for: human check, second factor, taking over. */
    signIn(credentials: SignInCredentials): Promise<Result<Session>>;
    /** Erases the keys first, then tells the server. Succeeds offline. */
    signOut(): Promise<Result<null>>;
    /** The session was ended elsewhere: told at the next request, and within a minute without one. */
    onEnded(listener: (problem: Problem) => void): () => void;
  };
  readonly account: {
    /** The session goes on with a new token. */
    changePassword(passwords: { currentPassword: string; password: string }): Promise<Result<Session>>;
    /** Then nobody is signed in, and nothing is left on this computer. */
    deleteAccount(proof: { password: string }): Promise<Result<null>>;
    /** Asks where to, then streams the ZIP of the person's data there. */
    saveData(file: { fileName: string }): Promise<Result<Saved>>;
  };
  readonly humanCheck: {
    /**
     * Shows Turnstile in the middle of the window, until there is an answer for this action. Fails with
     * `human_check_unavailable` where that cannot be had, and a challenge of the portal's own is to be solved instead;
     * with `cancelled` when the user does not want to.
     */
    answer(action: HumanCheckAction): Promise<Result<string>>;
    cancel(): Promise<void>;
  };
  readonly documents: {
    /** Asks where to, then writes the slip's PDF there. */
    saveSlipPdf(slip: { id: string; fileName: string }): Promise<Result<Saved>>;
    /** Shows a copy in the system's own program for PDFs. The copy goes with the session, and when the app quits. */
    openSlipPdf(slip: { id: string; fileName: string }): Promise<Result<null>>;
    /** Shows the system's dialog for printing; false when the person thought better of it. */
    printSlipPdf(slip: { id: string }): Promise<Result<boolean>>;
    /** Asks where to, then streams the ZIP of a year's slips there. */
    saveSlipYear(year: { year: number; payerId?: string; fileName: string }): Promise<Result<Saved>>;
    cancelSlipYear(): Promise<void>;
    onSlipYearProgress(listener: (progress: SaveProgress) => void): () => void;
    /** Asks where to, then writes the text there (UTF-8 with BOM, for spreadsheets). */
    saveText(file: { fileName: string; text: string }): Promise<Result<Saved>>;
  };
  readonly deepLink: {
    /** The link to the registration that the app was opened with last, told once; null when there is none. */
    take(): Promise<RegistrationLink | null>;
    /** A link is there to be taken. */
    onOpen(listener: () => void): () => void;
  };
  readonly office: {
    /** Streams the chosen or dropped file to the server from disk. One upload at a time. */
    uploadBillingFile(file: File, managerId: string): Promise<Result<Import>>;
    cancelUpload(): Promise<void>;
    onUploadProgress(listener: (progress: UploadProgress) => void): () => void;
    /** Asks where to, has the passwords issued and writes the letters there: they exist only once. */
    saveLetters(order: SlipPasswordOrder, managerId: string): Promise<Result<Saved>>;
    /**
     * Asks where to, then streams the print run there; a file that is not whole is thrown away. One at a time. Fails
     * with `print_lost` when slip passwords may have been issued for it.
     */
    savePrintRun(print: { order: PrintOrder; managerId: string; fileName: string }): Promise<Result<Saved>>;
    cancelPrintRun(): Promise<void>;
    /** Asks where to, then streams the run's slips of a channel there, as CSV for the program that sends e-invoices. */
    saveEInvoices(wanted: EInvoicesToSave): Promise<Result<Saved>>;
    onPrintProgress(listener: (progress: PrintProgress) => void): () => void;
  };
  readonly shell: {
    info(): Promise<ShellInfo>;
    setLanguage(language: Language): Promise<void>;
    setTheme(theme: Theme): Promise<void>;
  };
}

/** What the portal's page with Turnstile can do: report once. The main process checks what. */
export interface HumanCheckHost {
  report(message: unknown): void;
}

/** The name under which that page has it. */
export const humanCheckHostName = 'humanCheck';

/** The name under which the preload script puts the bridge into the window. */
export const bridgeName = 'desktop';
