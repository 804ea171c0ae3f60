import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';

import { PROFILES } from './places';

/** A CPU profile in V8's format. */
interface Profile {
	readonly nodes: ReadonlyArray<{
		readonly id: number;
		readonly callFrame: { readonly functionName: string; readonly url: string };
		readonly children?: readonly number[];
	}>;
	readonly samples: readonly number[];
	/** Microseconds between samples. */
	readonly timeDeltas: readonly number[];
}

const SHOWN = 8;

let isOn = false;
let count = 0;

/** Makes all processes started from now on write a CPU profile. Deletes earlier profiles. */
export function startProfiling(): void {
	rmSync(PROFILES, { recursive: true, force: true });
	isOn = true;
}

/**
 * The Node.js options that make a process write a profile, if profiling was started.
 *
 * @param name of the process
 */
export const profileOptions = (name: string): string[] =>
	isOn ? ['--cpu-prof', `--cpu-prof-dir=${join(PROFILES, `${++count}-${name}`)}`] : [];

/** A table of the packages in which each process spent most of its time. */
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

/** The profile of the main thread, which is the largest. */
function profileIn(folder: string): Profile {
	const files = readdirSync(folder).map((file) => join(folder, file));
	const [largest] = files.sort((a, b) => statSync(b).size - statSync(a).size);
	return JSON.parse(readFileSync(largest, 'utf8')) as Profile;
}

const START_UP = 'loading';

/** The time spent in each package itself, without the packages that it calls. */
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

/** The package of a function, the part of Node.js, or a name of V8's such as `(idle)`. */
function partOf({ functionName, url }: Profile['nodes'][number]['callFrame']): string {
	if (url === '') return functionName;
	const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
	if (name !== undefined) return name;
	const [, own] = /\/(test|nodes|credentials)\//.exec(url) ?? [];
	return own ?? url.replace(/^(node:internal\/[^/]+).*/, '$1');
}
