import { solveChallenge } from 'altcha-lib';
import { deriveKey as deriveWithPbkdf2 } from 'altcha-lib/algorithms/web/pbkdf2';
import { deriveKey as deriveWithSha } from 'altcha-lib/algorithms/web/sha';
import type { Challenge } from 'altcha-lib/types';

/** Longer than the slowest computer needs, shorter than the challenge lives. */
const timeout = 120_000;

self.onmessage = async ({ data: challenge }: MessageEvent<Challenge>) => {
  const deriveKey = challenge.parameters.algorithm.startsWith('PBKDF2/') ? deriveWithPbkdf2 : deriveWithSha;
  self.postMessage(await solveChallenge({ challenge, deriveKey, timeout }));
};
