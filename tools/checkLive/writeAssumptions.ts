import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../nodes/Aha/transport/json';
import type { Exchange } from './account';
import type { Assumption, Probe, Seen } from './probe';
import { outlineOf, unclear } from './probe';

/** The one record of a response. */
const recordOf = ({ body }: Exchange): IDataObject =>
	(isObject(body) ? (Object.values(body).find(isObject) ?? {}) : {}) as IDataObject;

/** Changes the feature that was made. */
async function update(probe: Probe, values: IDataObject): Promise<Exchange | undefined> {
	const { feature_id } = probe.made;
	return feature_id === undefined
		? undefined
		: await probe.account.ask('PUT', `/features/${feature_id}`, { feature: values });
}

const noFeature = unclear('no feature was made');

const invalid: Assumption = {
	assumed: 'A value that is not accepted is a 422 with `errors.message` as JSON',
	async check(probe): Promise<Seen> {
		const exchange = await update(probe, { name: '' });
		if (!exchange) return noFeature;
		const { status, json } = exchange;
		const errors = isObject(json) ? json.errors : undefined;
		const holds = status === 422 && isObject(errors) && typeof errors.message === 'string';
		return { holds, seen: outlineOf(exchange) };
	},
};

/** A link to a record by its name, where others give its ID. */
const byName = (key: string, linkedAs = key): Assumption => ({
	assumed: `A name does where an ID goes: \`${key}\``,
	async check(probe): Promise<Seen> {
		const id = probe.made[`${key}_id`];
		if (id === undefined) return unclear(`no ${key} was made`);
		const { body } = await probe.account.ask('GET', `/${key}s/${id}`);
		const name = isObject(body) ? (body[key] as IDataObject | undefined)?.name : undefined;
		if (typeof name !== 'string') return unclear(`the ${key} has no name`);
		const exchange = await update(probe, { [key]: name });
		if (!exchange) return noFeature;
		const linked = recordOf(exchange)[linkedAs];
		const isLinked = isObject(linked) && String(linked.id) === id;
		const result = isLinked ? 'linked' : 'not linked';
		return { holds: exchange.status === 200 && isLinked, seen: `${exchange.status}, ${result}` };
	},
});

const tags: Assumption = {
	assumed: 'Tags are taken as a list and as text with commas',
	async check(probe): Promise<Seen> {
		const asList = await update(probe, { tags: ['n8n-check-1', 'n8n-check-2'] });
		const asText = await update(probe, { tags: 'n8n-check-1, n8n-check-2, n8n-check-3' });
		if (!asList || !asText) return noFeature;
		const counts = [asList, asText].map((one) => [recordOf(one).tags ?? []].flat().length);
		return { holds: String(counts) === '2,3', seen: `${counts[0]} of 2, ${counts[1]} of 3` };
	},
};

const cleared = (words: string, value: string | null): Assumption => ({
	assumed: `${words} clears a date`,
	async check(probe): Promise<Seen> {
		await update(probe, { due_date: '2030-01-31' });
		const exchange = await update(probe, { due_date: value });
		if (!exchange) return noFeature;
		const isCleared = recordOf(exchange).due_date === null;
		return {
			holds: exchange.status === 200 && isCleared,
			seen: `${exchange.status}, ${isCleared ? 'cleared' : 'kept'}`,
		};
	},
});

/** What can be seen on records that were made for this. */
export const writeAssumptions: readonly Assumption[] = [
	invalid,
	byName('initiative'),
	byName('epic'),
	byName('release_phase', 'belongs_to_release_phase'),
	tags,
	cleared('Null', null),
	cleared('Empty text', ''),
];
