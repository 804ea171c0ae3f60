import { join } from 'node:path';

import { NODE_BINARY } from '../../runtime/places';
import { loadExeca } from '../../runtime/run';
import { PACKAGE } from '../places';
import type { Row } from '../results';
import { AHA, atMost, series, spreadOf } from '../results';
import { mapInSequence } from '../testBed';

const FILE = join(__dirname, '../constructProcess.cjs');

/** Milliseconds that a fresh process took. */
interface Start {
	readonly load: number;
	readonly construct: number;
	readonly firstRun: number;
}

/** Starts a process on the Node.js that n8n runs on, as a new queue worker would. */
async function measureStart(): Promise<Start> {
	const { execaNode } = await loadExeca();
	const { stdout } = await execaNode(FILE, [PACKAGE], { nodePath: NODE_BINARY });
	return JSON.parse(stdout) as Start;
}

/** A time this short varies a lot, so it is measured more often. */
const REPEAT = 3;

export const construct: Row = {
	id: 'construct',
	work: 'Constructing the node in a fresh process',
	limits: 'none',
	measure: async (runs) => {
		const starts = await mapInSequence(Array.from({ length: REPEAT * runs }), measureStart);
		const times = (of: keyof Start) => starts.map((start) => start[of]);
		const { median } = spreadOf(times('construct'));
		return {
			series: [
				series(`${AHA}, constructed`, 'ms', times('construct')),
				series(`${AHA}, its modules loaded`, 'ms', times('load')),
				series(`${AHA}, loaded, constructed and run for the first time`, 'ms', times('firstRun')),
			],
			goals: [atMost('< 20 ms', median, 20, `${median.toFixed(1)} ms`)],
		};
	},
};
