import type { KeyObject } from 'node:crypto';
import type { Release } from '../../src-main/updates/release.ts';

export function makeKey(file: string, passphrase: string): string;
export function openKey(file: string, passphrase: string): KeyObject;
export function descriptionsIn(folder: string): string[];
export function signDescription(path: string, privateKey: KeyObject): Release;
export function stage(path: string, share: number): Release;
