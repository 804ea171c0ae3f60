import axios, { type AxiosInstance } from 'axios';
import { Agent } from 'node:http';

/** A refusal of n8n's, with its own message; the request's body stays out of it. */
export class N8nApiError extends Error {
	constructor(
		readonly method: string,
		readonly path: string,
		readonly status: number,
		readonly n8nMessage: string,
	) {
		super(`n8n answered ${method} ${path} with ${status}: ${n8nMessage}`);
	}
}

const messageOf = (body: unknown): string => {
	const message = (body as { message?: unknown } | null)?.message;
	return typeof message === 'string' ? message : String(JSON.stringify(body)).slice(0, 300);
};

/** n8n's REST API with the cookies of one browser. */
export class RestClient {
	readonly cookies = new Map<string, string>();

	private readonly http: AxiosInstance;

	/** @param baseUrl n8n's address, for example `http://localhost:5678` */
	constructor(readonly baseUrl: string) {
		this.http = axios.create({
			baseURL: `${baseUrl}/`,
			// Any text that stays the same: n8n binds the sign-in to it.
			headers: { 'browser-id': 'n8n-nodes-aha-tests' },
			proxy: false,
			// A kept connection can be closed by n8n just when it is used again.
			httpAgent: new Agent({ keepAlive: false }),
			validateStatus: () => true,
		});
	}

	/**
	 * @param path below n8n's address, for example `rest/login`
	 * @returns the answer's `data` where n8n wraps it so, else the whole answer
	 * @throws N8nApiError for any status but 2xx
	 */
	async request<T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) {
		const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
		const response = await this.http.request<unknown>({
			method,
			url: path,
			data: body,
			headers: { cookie },
		});
		this.storeCookies(response.headers['set-cookie'] ?? []);
		if (response.status < 200 || response.status > 299) {
			throw new N8nApiError(method, path.split('?')[0], response.status, messageOf(response.data));
		}
		const wrapped = response.data as { data?: T };
		return (wrapped?.data ?? response.data) as T;
	}

	private storeCookies(lines: string[]) {
		for (const line of lines) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
			if (name) this.cookies.set(name, value);
		}
	}
}
