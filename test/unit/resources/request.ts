import type { IDataObject } from 'n8n-workflow';

import { runNode } from '../runNode';

/** What n8n keeps for a record that is given by ID or reference. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

const IDS = { record: byId('7'), product_id: byId('PRJ1') };

/** The one request that a run sends. */
export async function requestOf(parameters: IDataObject) {
	const { sent } = await runNode({ ...IDS, output: 'raw', returnAll: true, ...parameters }, () => ({
		body: { id: '1' },
	}));
	const [{ method, url, body, qs }] = sent;
	return { method, path: new URL(url).pathname.replace('/api/v1', ''), body, qs };
}
