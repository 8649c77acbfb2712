import type { Problem } from '../errors.ts';
import type { RegistrationLink } from '../deep-link.ts';
import type { HumanCheckAction } from '../human-check.ts';
import type { Import } from '../imports.ts';
import type { PrintOrder } from '../print-runs.ts';
import type { Language } from '../registrations.ts';
import type { Session } from '../session.ts';
import type { SlipPasswordOrder } from '../slip-passwords.ts';
import type { ListToSave } from './schemas.ts';

/** Whether a newer version of the program is there. */
export type UpdateState =
  /** The program does not renew itself: somebody has installed it in another way, or is developing it. */
  | { readonly state: 'off' }
  /** Whoever looks after this computer renews its programs. */
  | { readonly state: 'managed' }
  | { readonly state: 'none' }
  /** Fetched and checked; installed at the next start. */
  | { readonly state: 'ready'; readonly version: string };

/** What comes back over the bridge: errors as codes, never as exceptions with somebody's text in them. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export type KeychainState = 'available' | 'locked' | 'absent' | 'denied';
/** Why nothing can be written to the program's own folder. */
export type DiskTrouble = 'full' | 'refused';

/** What can be kept on this computer from one start to the next. */
export interface Keeping {
  /** Anything but `available`: who is signed in is so until the program ends, and nothing is kept for offline use. */
  readonly keychain: KeychainState;
  /** Somebody was signed in at the last start, and their session waits in a keychain that cannot be read. */
  readonly sessionWaits: boolean;
  /** With the same consequences. */
  readonly disk: DiskTrouble | null;
}

/**
 * How it stands with the slips that are fetched to be there without a connection: nobody is signed in who has any; they
 * wait for their turn, come, or are all there; the person has stopped it, the connection costs by the byte, or there is
 * none; or nothing can be kept, for want of a keychain, because a newer version of the program has kept it, or because
 * the disk takes no more.
 */
export type OfflineStatus =
  'nothing' | 'waiting' | 'fetching' | 'done' | 'paused' | 'metered' | 'offline' | 'no_keychain' | 'newer' | 'disk';

export interface OfflineState {
  readonly status: OfflineStatus;
  /** How many of the slips of the last 24 months are here, and how many there are. */
  readonly done: number;
  readonly total: number;
  /** All that is kept, on the disk. */
  readonly bytes: number;
  /** When they were last all looked through. */
  readonly asOf: string | null;
}

export type Theme = 'system' | 'light' | 'dark';

/** Who looks after this computer has laid the portal down, or tried to: the address cannot be changed here. */
export type PortalPolicy =
  /** `by`: in the administrator's own words. */
  | { readonly state: 'pinned'; readonly by: string | null }
  /** It cannot be read or trusted: no portal is asked until it can. */
  | { readonly state: 'damaged' };

export interface PortalAddress {
  /** https origin (http on loopback alone), or null before the first start's question is answered. */
  readonly address: string | null;
  readonly policy?: PortalPolicy;
}

export interface ShellInfo {
  readonly version: string;
  readonly electron: string;
  readonly platform: string;
  readonly language: Language;
  readonly theme: Theme;
  /** The file with the settings was damaged and set aside: everything is as it comes. */
  readonly settingsLost: boolean;
  /** The columns that were chosen, by table. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
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

/** How many slip passwords of a file have been issued. */
export interface SlipPasswordProgress {
  readonly payers: number;
  readonly issued: number;
}

export interface SlipPasswordsToSave {
  readonly order: SlipPasswordOrder;
  readonly form: 'letters' | 'list';
  readonly managerId: string;
  readonly fileName: string;
}

/** How much of a file has come. */
export interface SaveProgress {
  readonly bytes: number;
}

/** Which columns of a table are shown, by their keys. */
export interface ColumnChoice {
  readonly table: string;
  /** null: those that the table shows by itself. */
  readonly columns: readonly string[] | null;
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
  readonly offline: {
    state(): Promise<OfflineState>;
    onState(listener: (state: OfflineState) => void): () => void;
    /** Whether slips are fetched ahead: the person's choice, kept on this computer. */
    setFetching(isWanted: boolean): Promise<void>;
    /** Whether the connection costs by the byte, as far as the window can tell. */
    setMetered(isMetered: boolean): Promise<void>;
    /** There may be a network again: asks the portal now, if it was lost. */
    look(): Promise<void>;
    /** The portal answers again, for the first time since it was lost. */
    onBack(listener: () => void): () => void;
    /** Signs out and leaves nothing of the person on this computer. Succeeds offline. */
    forgetComputer(): Promise<Result<null>>;
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
    /** Makes a copy to be dragged: the system wants all of it when the drag begins. It goes as the opened one does. */
    prepareDrag(slip: { id: string; fileName: string }): Promise<Result<null>>;
    /** Begins to drag the copy out of the window; false when there is none. */
    startDrag(slip: { id: string }): Promise<Result<boolean>>;
    /** Shows the system's menu for sharing with a copy in it. macOS alone has one. */
    shareSlipPdf(slip: { id: string; fileName: string }): Promise<Result<null>>;
    /** Shows, in the system's own window, the file that was saved last under that name. */
    showSaved(file: { fileName: string }): Promise<Result<null>>;
    /** Asks where to, then streams the ZIP of a year's slips there. */
    saveSlipYear(year: { year: number; payerId?: string; fileName: string }): Promise<Result<Saved>>;
    cancelSlipYear(): Promise<void>;
    onSlipYearProgress(listener: (progress: SaveProgress) => void): () => void;
    /** Asks where to, then writes the text there (UTF-8 with BOM, for spreadsheets). */
    saveText(file: { fileName: string; text: string }): Promise<Result<Saved>>;
  };
  readonly keeping: {
    /** Waits for what the keychain says at the start. */
    status(): Promise<Keeping>;
    /**
     * Once the person has unlocked the keychain, allowed the access or made room: takes up the session that waits, or
     * keeps the one there is. The system may ask the person. When the window gets the focus, the program looks by itself.
     */
    retry(): Promise<Keeping>;
    onChange(listener: (keeping: Keeping) => void): () => void;
  };
  readonly diagnostics: {
    /** What helps whoever helps, as a text; there is nobody's data in it. */
    read(): Promise<string>;
    /** Asked for in the program's menu. */
    onWanted(listener: () => void): () => void;
  };
  readonly updates: {
    status(): Promise<UpdateState>;
    /** Looks for a newer version, fetches and checks it. Without a network there is none. */
    check(): Promise<UpdateState>;
    /** Ends the program and starts the newer version. Answers only when that cannot be. */
    restart(): Promise<UpdateState>;
    onChange(listener: (state: UpdateState) => void): () => void;
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
    /**
     * Asks where to, has slip passwords issued and streams the letters or the list with them there: they exist only
     * once. One file at a time. Fails with `letters_lost` when some may have been issued and the file is not whole.
     */
    saveSlipPasswords(wanted: SlipPasswordsToSave): Promise<Result<Saved>>;
    cancelSlipPasswords(): Promise<void>;
    onSlipPasswordProgress(listener: (progress: SlipPasswordProgress) => void): () => void;
    /**
     * Asks where to, then streams the print run there; a file that is not whole is thrown away. One at a time. Fails
     * with `print_lost` when slip passwords may have been issued for it.
     */
    savePrintRun(print: { order: PrintOrder; managerId: string; fileName: string }): Promise<Result<Saved>>;
    cancelPrintRun(): Promise<void>;
    /** Asks where to, then streams one of the portal's lists there, as CSV. */
    saveList(wanted: ListToSave): Promise<Result<Saved>>;
    onPrintProgress(listener: (progress: PrintProgress) => void): () => void;
  };
  readonly shell: {
    info(): Promise<ShellInfo>;
    /** A mail to an office that the portal has named, or a page of the portal, in the program that the system has. */
    openLink(link: string): Promise<Result<null>>;
    setLanguage(language: Language): Promise<void>;
    setTheme(theme: Theme): Promise<void>;
    /** Kept on this computer. */
    setColumns(choice: ColumnChoice): Promise<void>;
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
