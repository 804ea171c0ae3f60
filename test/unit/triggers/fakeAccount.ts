import { EventEmitter } from 'node:events';

import type {
	IDataObject,
	IHttpRequestOptions,
	INode,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

/** An entry of the audit log as it should be. */
export interface AuditEntry extends IDataObject {
	id: string;
	audit_action: string;
	created_at: string;
	auditable_type: string;
}

export const NOON = Date.parse('2026-03-01T12:00:00Z');

export interface FakeRequest {
	readonly path: string;
	readonly query: IDataObject;
}

interface FakeResponse {
	readonly status?: number;
	readonly body?: unknown;
}

/** An account that responds as Aha!'s API does, without limits. */
export class FakeAccount {
	readonly requests: FakeRequest[] = [];

	/** In ascending order of their ids. */
	audits: AuditEntry[] = [];

	/** Lists by their path, such as `/features`. */
	lists: Record<string, IDataObject[]> = {};

	/** Other responses by their path. */
	responses: Record<string, FakeResponse> = {};

	now = NOON;

	/** Takes the requests that were sent so far. */
	takeRequests(): FakeRequest[] {
		return this.requests.splice(0);
	}

	respond({ path, query }: FakeRequest): FakeResponse {
		const found = this.responses[path];
		if (found) return found;
		if (path === '/audits') return { body: this.page('audits', this.auditsOf(query), query) };
		const list = this.lists[path];
		if (!list) return { status: 404, body: {} };
		const since = Date.parse(String(query.updated_since));
		const records = list.filter(({ updated_at: at }) => Date.parse(String(at)) > since);
		const key = path.replace('/ideas/endorsements', '/idea_endorsements').replace(/^.*\//, '');
		return { body: this.page(key, records, query) };
	}

	private auditsOf({ created_since: since, after_id: after = '0' }: IDataObject) {
		return this.audits.filter(
			({ id, created_at: at }) =>
				Date.parse(at) >= Date.parse(String(since)) && BigInt(id) > BigInt(String(after)),
		);
	}

	private page(key: string, records: IDataObject[], query: IDataObject): IDataObject {
		const size = Number(query.per_page);
		const start = (Number(query.page ?? 1) - 1) * size;
		const pages = Math.ceil(records.length / size);
		return {
			[key]: records.slice(start, start + size),
			pagination: { total_records: records.length, total_pages: pages },
		};
	}

	/** n8n's helper for requests, in this account. */
	readonly httpRequest = async (_type: string, options: IHttpRequestOptions) => {
		const { pathname } = new URL(options.url);
		const path = decodeURIComponent(pathname).replace('/api/v1', '');
		const request = { path, query: options.qs as IDataObject };
		this.requests.push(request);
		const { status = 200, body } = this.respond(request);
		const date = new Date(this.now).toUTCString();
		const headers = { date, 'ratelimit-policy': '1000000;w=1' };
		return { statusCode: status, headers, body: JSON.stringify(body) };
	};
}

export interface FakeNode {
	readonly account: FakeAccount;
	readonly parameters?: IDataObject;
	readonly mode?: 'trigger' | 'manual';
	readonly staticData?: IDataObject;
	readonly timezone?: string;
	readonly domain?: string;
	readonly workflow?: string;
	readonly node?: string;
	/** Gets what the trigger writes to n8n's log. */
	readonly warnings?: string[];
}

const valueAt = (value: unknown, key: string): unknown => (value as IDataObject | undefined)?.[key];

/** What n8n gives each trigger. */
function contextOf(fake: FakeNode) {
	const { account, mode = 'trigger', staticData = {}, domain = 'mycompany' } = fake;
	const parameters: IDataObject = { authentication: 'apiKey', ...fake.parameters };
	return {
		getNode: () =>
			({ id: fake.node ?? 'node', name: 'Aha! Trigger', webhookId: WEBHOOK_ID }) as INode,
		getWorkflow: () => ({ id: fake.workflow ?? 'workflow', active: true }),
		getMode: () => mode,
		logger: { warn: (message: string) => fake.warnings?.push(message) },
		getTimezone: () => fake.timezone ?? 'UTC',
		getWorkflowStaticData: (type: string) => (type === 'node' ? staticData : {}),
		getCredentials: async () => ({ accountDomain: domain, apiKey: 'sandbox-key-1' }),
		getNodeParameter: (name: string, fallback: unknown) =>
			name.split('.').reduce<unknown>(valueAt, parameters) ?? fallback,
		helpers: {
			returnJsonArray: (items: IDataObject[]) => items.map((json) => ({ json })),
			httpRequestWithAuthentication: account.httpRequest,
		},
	};
}

export const pollContext = (fake: FakeNode): IPollFunctions =>
	contextOf(fake) as unknown as IPollFunctions;

/** Under this name, n8n hands over the part of a URL that is not the secret. */
export const WEBHOOK_ID = '343fe1a1-eb86-5d2a-ab0c-78a12c5f6e01';

export interface FakeDelivery extends FakeNode {
	/** `setup` for a URL that does not end in the secret. */
	readonly webhook?: 'default' | 'setup';
	/** What n8n took from the path. */
	readonly params?: IDataObject;
	readonly headers?: IDataObject;
	/** Sent as JSON. */
	readonly body?: unknown;
	/** Sent instead of `body`; `null` for a request that n8n reads no body of. */
	readonly rawBody?: string | null;
}

/** n8n's response to a delivery. */
export class FakeWebhookResponse extends EventEmitter {
	writableEnded = false;

	statusCode = 200;

	/** What was sent, by the trigger or by n8n. */
	body: unknown;

	status(code: number): this {
		this.statusCode = code;
		return this;
	}

	json(body: unknown): void {
		this.body = body;
		this.writableEnded = true;
		this.emit('close');
	}
}

export function webhookContext(delivery: FakeDelivery) {
	const response = new FakeWebhookResponse();
	const { body, rawBody = JSON.stringify(body) } = delivery;
	const context = {
		...contextOf(delivery),
		getWebhookName: () => delivery.webhook ?? 'default',
		getParamsData: () => delivery.params ?? {},
		getHeaderData: () => ({ 'content-type': 'application/json', ...delivery.headers }),
		getRequestObject: () => ({
			method: 'POST',
			rawBody: rawBody === null ? undefined : Buffer.from(rawBody),
		}),
		getResponseObject: () => response,
	} as unknown as IWebhookFunctions;
	return { context, response };
}

/** An id as Aha! makes them, with the seconds in the upper half. */
export const idAt = (time: number, serial: number): string =>
	String((BigInt(Math.floor(time / 1000)) << 32n) + BigInt(serial));

/** An update of the feature `PRJ1-<serial>`, as the log lists it. */
export const auditAt = (time: number, serial: number, changed: IDataObject = {}): AuditEntry => ({
	id: idAt(time, serial),
	audit_action: 'update',
	created_at: new Date(time).toISOString(),
	user: { id: '1', name: 'Paula Manager', email: 'pm@example.com' },
	auditable_type: 'feature',
	auditable_id: String(serial),
	description: `updated feature PRJ1-${String(serial)} Phone`,
	auditable_url: `https://mycompany.aha.io/features/PRJ1-${String(serial)}`,
	changes: [],
	...changed,
});
