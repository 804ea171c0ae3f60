import { join } from 'node:path';

import type { handlers } from '../constructProcess';
import { RemoteProcess } from '../remoteProcess';
import type { Row } from '../results';
import { AHA, atMost, series, spreadOf } from '../results';
import { mapInSequence } from '../testBed';

const FILE = join(__dirname, '../constructProcess.ts');

/** A time this short varies a lot, so it is measured more often. */
const REPEAT = 3;

export const construct: Row = {
	id: 'construct',
	work: 'Constructing the node in a fresh process',
	limits: 'none',
	measure: async (runs) => {
		const starts = await mapInSequence(Array.from({ length: REPEAT * runs }), async () => {
			const fresh = await RemoteProcess.start<typeof handlers>(FILE);
			const measured = await fresh.call('construct', undefined);
			await fresh.stop();
			return measured;
		});
		const times = (of: keyof (typeof starts)[number]) => starts.map((start) => start[of]);
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
