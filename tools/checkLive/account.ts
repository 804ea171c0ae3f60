import { setTimeout as sleep } from 'node:timers/promises';

import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';

import { Aha } from '../../nodes/Aha/Aha.node.js';
import { resources } from '../../nodes/Aha/resources';
import { execute } from '../../nodes/Aha/run/execute';
import { parseJson } from '../../nodes/Aha/transport/json';
import { harness } from '../harness';
import type { NetworkEnv } from '../harness/network';

/** One request that left, and its response. */
export interface Exchange {
	readonly method: string;
	/** Below `/api/v1`. */
	readonly path: string;
	readonly query: Readonly<Record<string, unknown>>;
	/** 0 where there was no response. */
	readonly status: number;
	readonly headers: Readonly<Record<string, unknown>>;
	/** The body with long numbers as text, so that IDs keep their digits. */
	readonly body: unknown;
	/** The body as JSON has it, for the types; undefined where it is no JSON. */
	readonly json: unknown;
	readonly milliseconds: number;
	/** When it was sent, in milliseconds. */
	readonly at: number;
}

/** What came of one run of the node. */
export interface NodeRun {
	readonly exchanges: readonly Exchange[];
	readonly items: readonly IDataObject[];
	/** The node's error, if it ended in one; it may name what is in a record. */
	readonly error?: string;
}

/** The last request of a run; one without a response where the node sent none. */
export const lastOf = ({ exchanges }: NodeRun): Exchange => exchanges.at(-1) ?? NONE;

const NONE: Exchange = {
	method: '',
	path: '',
	query: {},
	status: 0,
	headers: {},
	body: undefined,
	json: undefined,
	milliseconds: 0,
	at: 0,
};

/** No request may leave any more: what was given is used up, or a person stopped it. */
export class Stopped extends Error {}

export interface AccountOptions {
	readonly domain: string;
	readonly key: string;
	/** Requests a second. */
	readonly rate: number;
	/** Requests in all. */
	readonly requests: number;
	/** How to reach the account; as this process does unless given. */
	readonly env?: NetworkEnv;
	/** Stops everything but the cleanup. */
	readonly signal?: AbortSignal;
}

type Helpers = IExecuteFunctions['helpers'];

/** An Aha! account, reached by the node in n8n's own engine. */
export class LiveAccount {
	/** Every request so far, without what was in it. */
	readonly log: Array<Pick<Exchange, 'status' | 'milliseconds' | 'at'>> = [];
	/** Whether requests may leave although all are used up or a person stopped it. */
	private isCleanup = false;
	private nextAt = 0;
	private sent = 0;
	private running: Exchange[] = [];
	private stopHarness: () => void = () => undefined;
	private runNode!: (parameters: INodeParameters) => Promise<IDataObject[]>;

	private constructor(private readonly options: AccountOptions) {}

	static async open(options: AccountOptions): Promise<LiveAccount> {
		const account = new LiveAccount(options);
		const { domain: accountDomain, key: apiKey, env } = options;
		const n8n = await harness({
			env: env ?? ownNetwork(),
			credentials: { ahaApiKey: { accountDomain, apiKey } },
			node: { name: 'aha', type: account.watchedNode() },
		});
		account.stopHarness = () => n8n.stop();
		account.runNode = async (parameters) => {
			const items = await n8n.run(parameters);
			return items.map(({ json }) => json);
		};
		return account;
	}

	/** Requests that may still leave. */
	get left(): number {
		return Math.max(0, this.options.requests - this.sent);
	}

	/**
	 * Runs one operation of the node.
	 *
	 * @throws Stopped when no request may leave any more
	 */
	async run(parameters: INodeParameters): Promise<NodeRun> {
		this.assertRunning();
		const exchanges: Exchange[] = [];
		this.running = exchanges;
		const options = { ...(parameters.options as IDataObject), retryFor: RETRY_FOR };
		try {
			const items = await this.runNode({ ...parameters, options });
			return { exchanges, items };
		} catch (error) {
			if (exchanges.length === 0) this.assertRunning();
			return { exchanges, items: [], error: (error as Error).message };
		}
	}

	/**
	 * Sends one request with the node's Custom API Call.
	 *
	 * @throws Stopped when no request may leave any more; Error when the node refuses the request
	 */
	async ask(method: string, path: string, content: IDataObject = {}): Promise<Exchange> {
		const isRead = method === 'GET';
		const run = await this.run({
			resource: 'account',
			operation: 'customApiCall',
			method,
			path,
			// With a page, one request is all that leaves.
			query: JSON.stringify(isRead ? { page: 1, ...content } : {}),
			body: JSON.stringify(isRead ? {} : content),
			returnAll: true,
		});
		if (run.exchanges.length === 0) throw new Error(run.error);
		return lastOf(run);
	}

	/**
	 * Waits for some milliseconds.
	 *
	 * @throws Stopped when a person stops it
	 */
	async wait(milliseconds: number): Promise<void> {
		const { signal } = this.options;
		await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
		if (signal?.aborted) throw new Stopped();
	}

	/** Lets requests leave whatever was used up or stopped: what was made has to go. */
	async cleanUp(work: () => Promise<void>): Promise<void> {
		this.isCleanup = true;
		await work();
	}

	stop(): void {
		this.stopHarness();
	}

	private isStopped(): boolean {
		return !this.isCleanup && (this.options.signal?.aborted === true || this.left === 0);
	}

	private assertRunning(): void {
		if (this.isStopped()) throw new Stopped();
	}

	/** The node, with every request of it paced, counted and seen. */
	private watchedNode(): INodeType {
		const watch = (helpers: Helpers): Helpers => this.watched(helpers);
		return {
			description: new Aha().description,
			async execute(this: IExecuteFunctions) {
				const context = Object.create(this, { helpers: { value: watch(this.helpers) } });
				return await execute(context as IExecuteFunctions, resources);
			},
		};
	}

	private watched(helpers: Helpers): Helpers {
		const { httpRequestWithAuthentication } = helpers;
		const pace = async () => await this.pace();
		const note = (exchange: Exchange) => this.note(exchange);
		return {
			...helpers,
			async httpRequestWithAuthentication(type, options, extra) {
				await pace();
				const at = Date.now();
				const send = httpRequestWithAuthentication.call(this, type, options, extra);
				const response = (await send.catch((error: unknown) => {
					note(exchangeOf(options, undefined, at));
					throw error;
				})) as IN8nHttpFullResponse;
				note(exchangeOf(options, response, at));
				return response;
			},
		};
	}

	private note(exchange: Exchange): void {
		const { status, milliseconds, at } = exchange;
		this.running.push(exchange);
		this.log.push({ status, milliseconds, at });
	}

	/** Waits for the turn of the next request. */
	private async pace(): Promise<void> {
		this.assertRunning();
		this.sent++;
		const now = Date.now();
		const at = Math.max(now, this.nextAt);
		this.nextAt = at + 1000 / this.options.rate;
		if (at > now) await sleep(at - now);
	}
}

/** Seconds during which the node retries what failed for rate limits or the network. */
const RETRY_FOR = 20;

function exchangeOf(
	{ method = 'GET', url, qs = {} }: IHttpRequestOptions,
	response: IN8nHttpFullResponse | undefined,
	at: number,
): Exchange {
	const text = response?.body as unknown;
	return {
		method,
		path: new URL(url).pathname.replace('/api/v1', ''),
		query: qs as IDataObject,
		status: response?.statusCode ?? 0,
		headers: response?.headers ?? {},
		body: parseJson(text),
		json: jsonOf(text),
		milliseconds: Date.now() - at,
		at,
	};
}

function jsonOf(text: unknown): unknown {
	try {
		return typeof text === 'string' ? (JSON.parse(text) as unknown) : undefined;
	} catch {
		return undefined;
	}
}

/** The proxy and the authorities that this process was started with. */
function ownNetwork(): NetworkEnv {
	const names = ['HTTPS_PROXY', 'NODE_EXTRA_CA_CERTS', 'NO_PROXY'] as const;
	const given = names.flatMap((name) => {
		const value = process.env[name];
		return value === undefined ? [] : [[name, value] as const];
	});
	return Object.fromEntries(given) as unknown as NetworkEnv;
}
