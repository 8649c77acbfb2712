import type { ResponseOf } from '../../../contract/endpoint.ts';
import type { getRun, getRunRecipients } from '../../../contract/runs.ts';

/** A run with what its slips can be chosen by, and how they get to their payers. */
export type RunToPrint = ResponseOf<typeof getRun> & ResponseOf<typeof getRunRecipients>;
