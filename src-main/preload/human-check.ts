import { contextBridge, ipcRenderer } from 'electron';
import { humanCheckHostName } from '../../contract/desktop/api.ts';
import type { HumanCheckHost } from '../../contract/desktop/api.ts';
import { humanCheckReport } from '../../contract/desktop/channels.ts';

/** All that the portal's page with Turnstile can do here. Frames within it have nothing. */
const host: HumanCheckHost = { report: (message) => ipcRenderer.send(humanCheckReport, message) };

contextBridge.exposeInMainWorld(humanCheckHostName, host);
