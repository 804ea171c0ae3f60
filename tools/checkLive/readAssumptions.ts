import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../nodes/Aha/transport/json';
import { lastOf } from './account';
import type { Assumption, Listed, Probe, Seen } from './probe';
import { outlineOf, unclear } from './probe';

const DAY = 86_400_000;

const idsOf = ({ records }: Listed): bigint[] => records.map(({ id }) => BigInt(String(id)));

/** `oldest first`, or in which other order the IDs of a list are. */
function orderOf(ids: readonly bigint[]): string {
	const pairs = ids.slice(1).map((id, index) => [ids[index], id] as const);
	if (pairs.every(([before, after]) => before < after)) return 'oldest first';
	return pairs.every(([before, after]) => before > after) ? 'newest first' : 'in no order';
}

const lastMonth = (): string => new Date(Date.now() - 30 * DAY).toISOString();

const afterId: Assumption = {
	assumed: 'Audits after an ID come oldest first, and none is left out',
	async check(probe) {
		const query = { created_since: lastMonth(), per_page: 50 };
		const known = idsOf(await probe.list('/audits', query));
		const sorted = [...known].sort((a, b) => (a < b ? -1 : 1));
		if (sorted.length < 4) return unclear('too few audits');
		const from = sorted[Math.floor(sorted.length / 2)];
		const later = idsOf(await probe.list('/audits', { ...query, after_id: String(from) }));
		const order = orderOf(later);
		const expected = sorted.filter((id) => id > from);
		const missing = expected.filter((id) => !later.includes(id)).length;
		const before = later.filter((id) => id <= from).length;
		return {
			holds: order === 'oldest first' && missing === 0 && before === 0,
			seen: `${order}; without after_id ${orderOf(known)}; ${missing} missing, ${before} from before`,
		};
	},
};

const limitHeaders: Assumption = {
	assumed: 'Responses say what is left of the rate limit: 20 a second or 300 a minute',
	async check({ account }) {
		const { headers } = await account.ask('GET', '/me');
		const found = Object.keys(headers).filter((name) => /rate-?limit/i.test(name));
		const limit = Number(headers['x-ratelimit-limit']);
		return {
			holds: [20, 300].includes(limit) && headers['x-ratelimit-remaining'] !== undefined,
			seen: found.length > 0 ? `${found.join(', ')}; limit ${limit}` : 'no such header',
		};
	},
};

const noRecord: Assumption = {
	assumed: 'A record that does not exist is a 404 with `error` as JSON',
	async check({ account }) {
		const exchange = await account.ask('GET', '/features/1');
		const { status, json } = exchange;
		return {
			holds: status === 404 && isObject(json) && 'error' in json,
			seen: outlineOf(exchange),
		};
	},
};

const noPath: Assumption = {
	assumed: 'A path that is not served is a 404 with a page of HTML',
	async check({ account }) {
		const exchange = await account.ask('GET', '/no_such_records');
		const type = String(exchange.headers['content-type']);
		return {
			holds: exchange.status === 404 && type.startsWith('text/html'),
			seen: outlineOf(exchange),
		};
	},
};

const perPage: Assumption = {
	assumed: 'A page has 200 records at most, whatever `per_page` says',
	async check(probe) {
		for (const path of ['/features', '/ideas', '/audits']) {
			const query = path === '/audits' ? { created_since: lastMonth() } : {};
			const { total, exchange, records } = await probe.list(path, { ...query, per_page: 500 });
			if (exchange.status !== 200) return { holds: false, seen: outlineOf(exchange) };
			if (total > 200) return { holds: records.length === 200, seen: `${records.length} records` };
		}
		return unclear('no list with more than 200 records');
	},
};

const defaultPage: Assumption = {
	assumed: 'A page has 30 records unless `per_page` is given',
	async check(probe) {
		const { total, records } = await probe.list('/features');
		if (total <= 30) return unclear('no more than 30 features');
		return { holds: records.length === 30, seen: `${records.length} records` };
	},
};

const beyondTheEnd: Assumption = {
	assumed: 'A page beyond the end is an empty list',
	async check(probe) {
		const { exchange, records } = await probe.list('/features', { page: 100_000 });
		return {
			holds: exchange.status === 200 && records.length === 0,
			seen: `${outlineOf(exchange)}; ${records.length} records`,
		};
	},
};

const descriptions: Assumption = {
	assumed: 'A list has the HTML of descriptions if `fields` asks for them',
	async check(probe) {
		const { exchange, records } = await probe.list('/features', { fields: 'id,description' });
		if (exchange.status === 200 && records.length === 0) return unclear('no features');
		const bodies = records.map(({ description }) => isObject(description) && description.body);
		const found = bodies.filter((body) => typeof body === 'string').length;
		return {
			holds: found === records.length && found > 0,
			seen: `${outlineOf(exchange)}; ${found} of ${records.length}`,
		};
	},
};

/** How many records two queries of a list find. */
async function totals(probe: Probe, path: string, one: IDataObject, other: IDataObject) {
	const first = await probe.list(path, { per_page: 1, ...one });
	const second = await probe.list(path, { per_page: 1, ...other });
	return [first.total, second.total, second.exchange.status] as const;
}

const emptyFilter = (name: string): Assumption => ({
	assumed: `An empty filter finds everything: \`${name}=\``,
	async check(probe) {
		const [all, found, status] = await totals(probe, '/features', {}, { [name]: '' });
		if (all === 0) return unclear('no features');
		return { holds: found === all, seen: `${status}; ${partOf(found, all)}` };
	},
});

const partOf = (found: number, all: number): string =>
	found === 0 ? 'nothing' : found === all ? 'everything' : 'a part';

const emailFilter: Assumption = {
	assumed: 'A filter by user takes the email address and the ID',
	async check(probe) {
		const { body } = await probe.account.ask('GET', '/me');
		const user = (isObject(body) ? (body.user ?? {}) : {}) as IDataObject;
		const query = ({ email, id }: IDataObject) => [
			{ assigned_to_user: email },
			{ assigned_to_user: id },
		];
		const [byEmail, byId] = query(user);
		const [one, other, status] = await totals(probe, '/features', byEmail, byId);
		if (one + other === 0) return unclear('no feature is assigned to this user');
		return { holds: one === other, seen: `${status}; email and ID find ${partOf(other, one)}` };
	},
};

const graphqlError: Assumption = {
	assumed: 'An error of GraphQL has status 200 and `errors`',
	async check({ account }): Promise<Seen> {
		const run = await account.run({
			resource: 'account',
			operation: 'executeGraphql',
			query: '{ noSuchField }',
			variables: '{}',
			followPages: false,
		});
		const exchange = lastOf(run);
		const { status, json } = exchange;
		return {
			holds: status === 200 && isObject(json) && 'errors' in json,
			seen: topOf(exchange.status, json),
		};
	},
};

const topOf = (status: number, json: unknown): string =>
	`${status}, keys ${isObject(json) ? Object.keys(json).join(', ') : 'none'}`;

/** What can be seen without changing anything. */
export const readAssumptions: readonly Assumption[] = [
	limitHeaders,
	noRecord,
	noPath,
	afterId,
	perPage,
	defaultPage,
	beyondTheEnd,
	descriptions,
	emptyFilter('q'),
	emptyFilter('assigned_to_user'),
	emptyFilter('updated_since'),
	emailFilter,
	graphqlError,
];
