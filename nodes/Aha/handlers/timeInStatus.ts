import type { IDataObject } from 'n8n-workflow';

import type { RequestContext, RequestHandler } from '../schema/handler';
import { isObject } from '../transport/json';
import { readPages } from '../transport/pages';
import type { RequestLine } from './common';
import { isList, partOf, requestJson } from './common';

/** One stay of a record in a status. */
export interface Stay {
	readonly status: string;
	/** ISO 8601 in UTC. */
	readonly from: string;
	/** ISO 8601 in UTC; null while the record is in the status. */
	readonly to: string | null;
	/** Days from start to end, or to now, with two decimals. */
	readonly days: number;
}

const DAY = 24 * 60 * 60 * 1000;

/**
 * The stays that Aha! recorded for a record, the earliest first.
 *
 * @param times `workflow_status_times` as Aha! gives it
 * @param until milliseconds since 1970 up to which an open stay counts
 */
export const staysIn = (times: readonly IDataObject[], until: number): Stay[] =>
	times
		.map(({ status_name, started_at, ended_at }): Stay => {
			const from = String(started_at);
			const to = typeof ended_at === 'string' ? ended_at : null;
			const end = to === null ? until : Date.parse(to);
			const days = Math.round(((end - Date.parse(from)) / DAY) * 100) / 100;
			return { status: String(status_name), from, to, days };
		})
		.sort((a, b) => Date.parse(a.from) - Date.parse(b.from));

/** A goal keeps its statuses in its success metric. */
const FIELDS = 'reference_num,name,workflow_status_times,success_metric';

/**
 * Gives one item for each stay of a record in a status. Every account can read them with the
 * record. Kinds of record that do not carry them have a list, which Aha! turns on for an account on
 * request.
 *
 * @param listAt the request for that list, from the path parameters of the record
 */
export const timeInStatus =
	(listAt?: (path: RequestContext['path']) => RequestLine): RequestHandler =>
	async (item) => {
		const { request } = item;
		const body = await requestJson(item, { ...request, query: { fields: FIELDS } });
		const record = Object.values(body).find(isObject) ?? {};
		const { id, reference_num, name } = record;
		const times = carried(record) ?? (listAt ? await listed(item, listAt(item.path)) : []);
		return staysIn(times, Date.now()).map((stay) => ({
			json: { id, reference_num, name, ...stay },
		}));
	};

function carried({
	workflow_status_times,
	success_metric,
}: IDataObject): IDataObject[] | undefined {
	const times =
		workflow_status_times ?? (isObject(success_metric) && success_metric.workflow_status_times);
	return isList(times) ? times : undefined;
}

async function listed(item: RequestContext, request: RequestLine): Promise<IDataObject[]> {
	const times: IDataObject[] = [];
	for await (const body of readPages(item.client, { query: {}, ...request })) {
		times.push(...partOf(item, body, 'workflow_status_times', isList));
	}
	return times;
}
