import { join } from 'node:path';

import { mapInSequence } from '../testBed';
import type { handlers } from '../loadProcess';
import { profileOptions } from '../profile';
import type { Row } from '../results';
import { AHA, atMost, series, spreadOf } from '../results';
import { RemoteProcess } from '../remoteProcess';

const KILOBYTE = 1024;

/** A time this short varies a lot, so it is measured more often. */
const REPEAT = 3;

export const load: Row = {
	id: 'load',
	work: "Loading the package at n8n's start",
	limits: 'none',
	measure: async (runs) => {
		const lazy = await loads('lazy', REPEAT * runs);
		const eager = await loads('eager', runs);
		const { median } = spreadOf(lazy.map(({ milliseconds }) => milliseconds));
		const [{ bytes }] = lazy;
		const kilobytes = bytes / KILOBYTE;
		const isLazy = lazy.every((of) => of.isLazy);
		const measured = `${median.toFixed(1)} ms${isLazy ? '' : ', but not lazy'}`;
		return {
			series: [
				series(
					`${AHA}, lazy metadata`,
					'ms',
					lazy.map(({ milliseconds }) => milliseconds),
				),
				series(
					`${AHA}, without it`,
					'ms',
					eager.map(({ milliseconds }) => milliseconds),
				),
				series('description of the node', 'KB', [kilobytes]),
			],
			goals: [
				atMost('< 10 ms', isLazy ? median : Infinity, 10, measured),
				atMost('≤ 250 KB', kilobytes, 250, `${kilobytes.toFixed(0)} KB`),
			],
		};
	},
};

const file = join(__dirname, '../loadProcess.ts');

const loads = async (metadata: 'lazy' | 'eager', runs: number) =>
	await mapInSequence(Array.from({ length: runs }), async () => {
		const loading = await RemoteProcess.start<typeof handlers>(file, {}, profileOptions('load'));
		const loaded = await loading.call('load', metadata);
		await loading.stop();
		return loaded;
	});
