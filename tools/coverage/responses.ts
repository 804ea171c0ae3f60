import { recorded } from '../../sandbox/aha-api';
import type { StubResponse, RecordedRequest } from '../harness/recorder';
import { isObject } from '../../nodes/Aha/transport/json';
import type { Match } from './matcher';

/** Responses that let operations of several requests continue. */
const SPECIAL: Readonly<Record<string, unknown>> = {
	'GET /account_backups/{id}': { account_backup: { id: '1', status_code: 2 } },
	'GET /account_backups/{id}.tgz': Buffer.from('backup'),
	'POST /historical_audits': { search_id: '1' },
	'GET /historical_audits/{search_id}': { running: false, audits: [{ id: '1' }] },
};

const NO_CONTENT = 204;

const searched = { nodes: [{ name: 'Feature 1' }], currentPage: 1, isLastPage: true };
const listReport = { columns: [{ title: 'Name' }], rows: [[{ plain_value: 'Feature 1' }]] };

/** Each list has a second, empty page, to check that all pages are read. */
const pages = (page: number) => ({ total_records: 2, total_pages: 2, current_page: page });

/** Responds like Aha!, with recorded responses and the data of earlier requests. */
export function respondTo(
	request: RecordedRequest,
	match: Match | undefined,
	before: readonly RecordedRequest[],
): StubResponse {
	if (request.path === '/api/v2/graphql') return { body: { data: { searchDocuments: searched } } };
	if (!match)
		return { body: request.path.includes('/attachments/') ? Buffer.from('file') : { id: '1' } };
	const page = Number(request.query.page ?? 1);
	const found = /\/(\w+)s\/fields\/[^/]+\/value\/[^/]+$/.exec(request.path);
	if (found)
		return {
			body: { records: page > 1 ? [] : holders(found[1], before), pagination: pages(page) },
		};
	const { method, path } = match.endpoint;
	const key = `${method} ${path}`;
	if (SPECIAL[key]) return { body: SPECIAL[key] };
	const body = request.query.view === 'list' ? listReport : withDescription(recorded[key]?.body);
	if (body === undefined) return { status: recorded[key]?.status ?? NO_CONTENT, body: '' };
	if (method !== 'GET' || !isObject(body) || !request.query.page)
		// An upload was recorded as a duplicate.
		return { status: recorded[key]?.status, body: forAccount(body, request) };
	const lists = Object.entries(body).filter(([, value]) => Array.isArray(value));
	const emptied = page > 1 ? Object.fromEntries(lists.map(([name]) => [name, []])) : {};
	return { body: forAccount({ ...body, ...emptied, pagination: pages(page) }, request) };
}

/** Makes links in a response point to the account of the request. */
const forAccount = (body: unknown, { host }: RecordedRequest): unknown =>
	JSON.parse(JSON.stringify(body).replaceAll('company.aha.io', host));

/** Adds a description to a record that was recorded without one. */
function withDescription(body: unknown): unknown {
	if (!isObject(body)) return body;
	const [[name, record] = [], ...others] = Object.entries(body);
	if (name === undefined || !isObject(record) || others.length > 0) return body;
	return { [name]: { ...record, description: record.description ?? { id: '1' } } };
}

/** The records to which earlier requests added an integration field. */
function holders(type: string, before: readonly RecordedRequest[]) {
	const made = before.flatMap(({ method, path, body }) => {
		const [, id, integration] = /\/(\w+)\/integrations\/(\w+)\/fields$/.exec(path) ?? [];
		if (method !== 'POST' || !id || !isObject(body)) return [];
		const field = body.integration_field as object;
		return [{ id, integration_fields: [{ id: '1', integration_id: integration, ...field }] }];
	});
	return made.map((record) => ({ [type]: record }));
}
