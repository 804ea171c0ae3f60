import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';

import { PROFILES } from './places';

/** A CPU profile as V8 writes it. */
interface Profile {
	readonly nodes: ReadonlyArray<{
		readonly id: number;
		readonly callFrame: { readonly functionName: string; readonly url: string };
		readonly children?: readonly number[];
	}>;
	readonly samples: readonly number[];
	/** Microseconds before each sample. */
	readonly timeDeltas: readonly number[];
}

const SHOWN = 8;

let isOn = false;
let count = 0;

/** From now on each process that is started keeps a profile; those of earlier runs are deleted. */
export function startProfiling(): void {
	rmSync(PROFILES, { recursive: true, force: true });
	isOn = true;
}

/**
 * What Node.js is told so that a process keeps a profile, if it shall.
 *
 * @param name of the process, for people
 */
export const profileOptions = (name: string): string[] =>
	isOn ? ['--cpu-prof', `--cpu-prof-dir=${join(PROFILES, `${++count}-${name}`)}`] : [];

/** Where each process spent its time, as a table: the packages with the most of it. */
export function profileTable(): string {
	const table = new Table({
		head: ['Process', 'Seconds, by package'],
		style: { head: [], border: [] },
	});
	const processes = existsSync(PROFILES) ? readdirSync(PROFILES) : [];
	for (const name of processes.sort((a, b) => parseInt(a) - parseInt(b))) {
		const parts = [...secondsByPart(profileIn(join(PROFILES, name)))];
		const most = parts.sort(([, a], [, b]) => b - a).slice(0, SHOWN);
		table.push([name, most.map(([part, seconds]) => `${seconds.toFixed(2)} ${part}`).join('\n')]);
	}
	return table.toString();
}

/** That of the main thread: the largest. */
function profileIn(folder: string): Profile {
	const files = readdirSync(folder).map((file) => join(folder, file));
	const [largest] = files.sort((a, b) => statSync(b).size - statSync(a).size);
	return JSON.parse(readFileSync(largest, 'utf8')) as Profile;
}

const START_UP = 'loading';

/** How long a process was in each package, without what it called elsewhere. */
function secondsByPart({ nodes, samples, timeDeltas }: Profile): Map<string, number> {
	const parts = new Map<number, string>();
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const visit = (id: number, isLoading: boolean) => {
		const node = byId.get(id);
		if (!node) return;
		const loads = isLoading || node.callFrame.functionName === 'wrapModuleLoad';
		parts.set(id, loads ? START_UP : partOf(node.callFrame));
		for (const child of node.children ?? []) visit(child, loads);
	};
	visit(nodes[0].id, false);
	const seconds = new Map<string, number>();
	for (const [index, id] of samples.entries()) {
		const part = parts.get(id) ?? '';
		seconds.set(part, (seconds.get(part) ?? 0) + timeDeltas[index] / 1e6);
	}
	return seconds;
}

/** The package of a function, the part of Node.js, or V8's own word such as `(idle)`. */
function partOf({ functionName, url }: Profile['nodes'][number]['callFrame']): string {
	if (url === '') return functionName;
	const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
	if (name !== undefined) return name;
	const [, own] = /\/(test|nodes|credentials)\//.exec(url) ?? [];
	return own ?? url.replace(/^(node:internal\/[^/]+).*/, '$1');
}
