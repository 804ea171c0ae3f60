import type { RequestPage } from '../../nodes/Aha/triggers/feed/listResponse';
import { parseLogged } from '../../nodes/Aha/triggers/logStream';
import { AuditLogSource } from '../../nodes/Aha/triggers/feed/auditLog';
import type { Audit } from '../../sandbox/api';
import { useApi } from './startedApi';

type Fields = Record<string, unknown>;

const api = useApi();

const lastId = (): string => api.store.audits[api.store.audits.length - 1].id;

const auditsAfter = async (id: string, query = ''): Promise<Audit[]> =>
	(await api.ask(`GET /audits?after_id=${id}&per_page=200${query}`)).body.audits as Audit[];

describe('the audit log', () => {
	test('contains changes, including those of descriptions and custom fields', async () => {
		const from = lastId();
		const { id } = api.store.find('feature', 'PRJ1-3') ?? { id: '' };
		await api.ask('PUT /features/PRJ1-3', {
			feature: {
				name: 'Renamed',
				workflow_status: 'Designed',
				description: '<p>Other</p>',
				custom_fields: { requested_by: 'Sales' },
			},
		});
		const [own, ...parts] = await auditsAfter(from);
		expect(own).toMatchObject({
			audit_action: 'update',
			auditable_type: 'feature',
			auditable_id: id,
			associated_type: 'release',
			auditable_url: 'https://mycompany.aha.io/features/PRJ1-3',
		});
		expect(own.changes).toEqual(
			expect.arrayContaining([
				{ field_name: 'Name', value: expect.stringMatching(/ &rarr; Renamed$/) as string },
				{ field_name: 'Status', value: expect.stringMatching(/ &rarr; Designed$/) as string },
			]),
		);
		expect(parts.map((part) => part.auditable_type)).toEqual(['note', 'custom_field_value']);
		expect(parts.map((part) => part.associated_id)).toEqual([id, id]);
	});

	test('is in ascending order and can be filtered', async () => {
		const from = lastId();
		const made = await api.ask('POST /tasks', { task: { name: 'One', body: '' } });
		const { id } = made.body.task as Fields;
		await api.ask(`DELETE /tasks/${String(id)}`);
		const entries = await auditsAfter(from);
		expect(entries.map(({ audit_action }) => audit_action)).toEqual(['create', 'destroy']);
		expect(BigInt(entries[0].id)).toBeLessThan(BigInt(entries[1].id));
		expect(await auditsAfter(entries[0].id)).toEqual([entries[1]]);
		expect(await auditsAfter(from, '&auditable_type=Feature')).toEqual([]);
		expect(await auditsAfter(from, '&audit_action=destroy')).toEqual([entries[1]]);
	});

	test('can be read by the trigger', async () => {
		const requestPage: RequestPage = async (query) => {
			const search = new URLSearchParams(query as Record<string, string>).toString();
			const { body } = await api.ask(`GET /audits?${search}`);
			const { total_pages: pages, total_records: total } = body.pagination as Record<
				string,
				number
			>;
			return { records: body.audits, pages, total, serverTime: Date.now() } as never;
		};
		const log = new AuditLogSource({ requestPage, parse: parseLogged, onSkipped: () => {} });
		const seen: string[] = [];
		for await (const { entries } of log.pages({ since: 0 })) {
			seen.push(...entries.map(({ value }) => value.id));
		}
		expect(seen).toEqual(api.store.audits.map(({ id }) => id));
	});

	test('notifies listeners, and can show some entries late', async () => {
		const heard: Audit[] = [];
		const end = api.store.onAudit((audit) => heard.push(audit));
		const from = lastId();
		api.store.delayAudits(300);
		for (const name of ['a', 'b']) await api.ask('PUT /features/PRJ1-4', { feature: { name } });
		api.store.delayAudits(0);
		const early = await auditsAfter(from);
		expect(early.length).toBe(1);
		let late = early;
		while (late.length < 2) late = await auditsAfter(from);
		expect(late.map(({ id }) => id)).toEqual(heard.map(({ id }) => id));
		end();
		expect(heard).toHaveLength(2);
	});
});

const BOUNDARY = 'sandbox-boundary';
const upload = async (path: string, headers: Record<string, string> = {}) =>
	await api.ask(
		`POST ${path}`,
		[
			`--${BOUNDARY}`,
			'Content-Disposition: form-data; name="attachment[data]"; filename="plain.txt"',
			'Content-Type: text/plain',
			'',
			'Some text',
			`--${BOUNDARY}--`,
			'',
		].join('\r\n'),
		{ 'content-type': `multipart/form-data; boundary=${BOUNDARY}`, ...headers },
	);

describe('files', () => {
	test('are downloaded as they were uploaded', async () => {
		const note = ((await api.ask('GET /features/PRJ1-1')).body.feature as { description: Fields })
			.description;
		const sent = await upload(`/notes/${String(note.id)}/attachments`);
		const { download_url: url } = sent.body.attachment as { download_url: string };
		const { pathname, search } = new URL(url);
		const fetched = await api.ask(`GET ${pathname}${search}`);
		expect(fetched.body.text).toBe('Some text');
		expect((await api.ask(`GET ${pathname.replace('token/', 'token/x')}`)).status).toBe(404);
	});

	test('are refused with If-None-Match when they exist already', async () => {
		const note = String(api.store.first('note')?.id);
		const compared = { 'if-none-match': 'any' };
		const first = await upload(`/notes/${note}/attachments`, compared);
		const second = await upload(`/notes/${note}/attachments`, compared);
		expect(second).toMatchObject({
			status: 412,
			body: { attachmentId: (first.body.attachment as Fields).id },
		});
	});
});

describe('GraphQL', () => {
	const graphql = async (query: string, variables: Fields = {}) =>
		(await api.ask('POST /api/v2/graphql', { query, variables })).body;

	test('finds records page by page', async () => {
		const search = `query ($filters: SearchDocumentFilters!, $page: Int, $per: Int) {
			searchDocuments(filters: $filters, page: $page, per: $per) {
				nodes { name searchableType searchableId url } currentPage isLastPage
			}
		}`;
		const ask = async (page: number) =>
			await graphql(search, { filters: { query: 'maps' }, page, per: 2 });
		const [first, second] = [await ask(1), await ask(2)];
		expect(first).toMatchObject({
			data: { searchDocuments: { currentPage: 1, isLastPage: false } },
		});
		expect(JSON.stringify(first)).not.toBe(JSON.stringify(second));
	});

	test('changes records, and reports errors with status 200', async () => {
		const made = await graphql(
			'mutation { updateFeature(id: "PRJ1-6", attributes: {name: "By GraphQL"}) { feature { name } } }',
		);
		expect(made).toEqual({ data: { updateFeature: { feature: { name: 'By GraphQL' } } } });
		const wrong = await graphql('{ feature(id: "PRJ1-6") { nothing } }');
		expect(wrong.errors).toMatchObject([{ message: expect.stringContaining('nothing') as string }]);
		const refused = await graphql(
			'mutation { updateFeature(id: "PRJ1-6", attributes: {name: ""}) { errors { attributes { fullMessages } } } }',
		);
		expect(JSON.stringify(refused)).toContain("Name can't be blank");
	});

	test('reads aliases, fragments and default values', async () => {
		const query = `query Six($id: ID = "PRJ1-6") { six: feature(id: $id) { ...number } }
			fragment number on Feature { ... on Feature { ref: referenceNum } }`;
		expect(await graphql(query)).toEqual({ data: { six: { ref: 'PRJ1-6' } } });
	});

	test('says where a query is not valid', async () => {
		expect(await graphql('{ feature(id: }')).toMatchObject({
			data: null,
			errors: [{ locations: [{ line: 1, column: 15 }] }],
		});
	});
});
