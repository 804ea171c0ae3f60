import { endpoints, recorded } from '../../sandbox/aha-api';
import { kindAt } from '../../sandbox/api/kinds';
import { fillPath, fillBody } from './paths';
import { differences } from './recordedShape';
import { bodies, otherBodies, queries } from './requests';
import { useApi } from './startedApi';

/** Where a response may differ from the recording, and why. */
const exceptions: Readonly<Record<string, string>> = {
	'GET /me: .user.accessed_at is string, and was null':
		'The recorded user never signed in; ours has',
	'PUT /users/{id}: .roadmaps_seat was never recorded':
		'The seats of a user are in the other recorded answers',
	'PUT /users/{id}: .develop_seat was never recorded':
		'The seats of a user are in the other recorded answers',
	'POST /teams: .team.capacity is string, and was number':
		'Aha! writes the capacity of a team as text once it has one, and as a number before',
	'POST /products/{product_id}/teams: .team.capacity is string, and was number':
		'Aha! writes the capacity of a team as text once it has one, and as a number before',
};

const api = useApi();

const ORDER = ['GET', 'POST', 'PUT', 'DELETE'];

const routes = Object.keys(recorded).sort(
	(a, b) => ORDER.indexOf(a.split(' ')[0]) - ORDER.indexOf(b.split(' ')[0]),
);

/** The body for a route, with no more than is needed to create or change a record. */
function bodyFor(route: string): unknown {
	const [method, path] = route.split('?')[0].split(' ');
	const isOther = route.includes('?');
	if (method === 'GET' || method === 'DELETE') return undefined;
	const special = isOther ? undefined : otherBodies[route];
	if (special) return fillBody(api.store, special);
	if (path.endsWith('/workflow_status_times')) return statusTime(fillPath(api.store, path));
	const parts = path.split('/');
	const last = parts[parts.length - 1];
	const kind = kindAt(last.startsWith('{') ? parts[parts.length - 2] : last);
	const isNested = parts[parts.length - 1] === 'fields' ? 'integration_field' : kind?.name;
	return fillBody(api.store, bodies[String(isNested)] ?? {});
}

/** A stay of a record in the status that it has. */
function statusTime(path: string): unknown {
	const record = api.store.get(path.split('/')[2]);
	const { id } = record?.data.workflow_status as { id: string };
	const times = { started_at: '2026-01-01T00:00:00Z', ended_at: '2026-01-02T00:00:00Z' };
	return { workflow_status_time: { workflow_status_id: id, ...times } };
}

const BOUNDARY = 'sandbox-boundary';
const form = (): string =>
	[
		`--${BOUNDARY}`,
		'Content-Disposition: form-data; name="attachment[data]"; filename="plain.txt"',
		'Content-Type: text/plain',
		'',
		'Some text',
		`--${BOUNDARY}--`,
		'',
	].join('\r\n');

async function askFor(route: string) {
	const [method, path] = route.split(' ');
	const query = queries[route] === undefined ? '' : `?${queries[route]}`;
	const url = `${method} ${fillPath(api.store, path)}${query}`;
	if (!path.endsWith('/attachments')) return await api.ask(url, bodyFor(route));
	const headers = {
		'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
		...(recorded[route].status === 412 && { 'if-none-match': 'any' }),
	};
	if (recorded[route].status === 412) await api.ask(url, form(), headers);
	return await api.ask(url, form(), headers);
}

async function prepare(route: string): Promise<void> {
	if (route.startsWith('DELETE /record_links/')) {
		const [one, other] = [...api.store.all('idea')].slice(-2);
		await api.ask(`POST /ideas/${one.id}/record_links`, {
			record_link: { record_type: 'idea', record_id: other.id, link_type: 10 },
		});
	}
	if (route.startsWith('POST /deletions/')) {
		const spare = [...api.store.all('feature')].at(-1);
		await api.ask(`DELETE /features/${String(spare?.id)}`);
	}
}

describe('responses have the recorded shapes', () => {
	test.each(routes)('%s', async (route) => {
		await prepare(route);
		const { status, body } = await askFor(route);
		const expected = recorded[route];
		expect(status).toBe(expected.status);
		const found = differences(body, expected.body).filter(
			(difference) => exceptions[`${route}: ${difference}`] === undefined,
		);
		expect(found).toEqual([]);
	});
});

test('every documented endpoint is served', async () => {
	const unserved = endpoints.filter(
		({ method, path }) =>
			!api.app.hasRoute({
				method,
				url: `/api/v1${path.replace(/\{(\w+)\}\./g, ':$1(^\\d+).').replace(/\{(\w+)\}/g, ':$1')}`,
			}),
	);
	expect(unserved).toEqual([]);
});
