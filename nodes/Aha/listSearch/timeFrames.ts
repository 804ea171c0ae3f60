import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { listRequest } from '../run/listRequest';
import { recordsOf } from '../run/output';
import { readList } from '../run/readList';
import { recordKinds } from '../schema/records';
import { isObject } from '../transport/json';
import { connectForForm } from './connect';
import { chosenIds } from './chosenIds';
import { listOperation } from './operations';

/** How many goals and how many initiatives are read: two pages. */
const LIMIT = 400;

/**
 * The time frames of goals and initiatives, in the workspace where one is chosen. Aha! has no list
 * of them: those that nothing uses yet are entered by name.
 */
export async function timeFrames(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const client = await connectForForm(this);
	const found = new Set<string>();
	for (const record of ['goal_id', 'initiative_id'] as const) {
		const operation = listOperation(recordKinds[record].resource, 'getAll');
		const request = await listRequest(operation, record, chosenIds(this, client));
		if (!request) continue;
		const asked = { ...request, query: { fields: 'id,time_frame' } };
		const toRecords = (body: unknown) => recordsOf(operation, asked, body);
		for (const { time_frame } of await readList(client, asked, { toRecords, limit: LIMIT })) {
			if (isObject(time_frame) && time_frame.name) found.add(String(time_frame.name));
		}
	}
	const results = [...found]
		.filter((name) => name.toLowerCase().includes(filter.toLowerCase()))
		.sort((a, b) => a.localeCompare(b))
		.map((name) => ({ name, value: name }));
	return { results };
}
