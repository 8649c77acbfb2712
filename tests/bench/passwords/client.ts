/** Those who sign in, in a thread of their own: the event loop that is measured is the server's alone. */
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';

const { address, bodies, from } = workerData as { address: string; bodies: string[]; from: string };
const headers = { 'Content-Type': 'application/json', 'X-Forwarded-For': from };

async function signIn(body: string): Promise<string[]> {
  const response = await fetch(address, { method: 'POST', headers, body });
  const answer = await response.text();
  return response.status === 201 ? [] : [answer];
}

parentPort?.postMessage('ready');
if (parentPort) await once(parentPort, 'message');
parentPort?.postMessage((await Promise.all(bodies.map(signIn))).flat());
