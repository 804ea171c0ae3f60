import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import type { Machine } from './machine';
import type { RowResult } from './results';

/** The results of a run of the benchmark. */
export interface Report {
	readonly at: string;
	readonly minutes: number;
	readonly machine: Machine;
	readonly versions: Readonly<Record<string, string>>;
	readonly rows: readonly RowResult[];
}

export function writeTo(file: string, content: string): void {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, content);
}
