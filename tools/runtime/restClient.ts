import axios, { type AxiosInstance } from 'axios';
import { Agent } from 'node:http';

/** An error response of n8n. It does not contain the request body. */
export class N8nApiError extends Error {
	constructor(
		readonly method: string,
		readonly path: string,
		readonly status: number,
		readonly n8nMessage: string,
	) {
		super(`n8n responded to ${method} ${path} with ${status}: ${n8nMessage}`);
	}
}

const messageOf = (body: unknown): string => {
	const message = (body as { message?: unknown } | null)?.message;
	return typeof message === 'string' ? message : String(JSON.stringify(body)).slice(0, 300);
};

/** A client for n8n's REST API that keeps cookies. */
export class RestClient {
	readonly cookies = new Map<string, string>();

	private readonly http: AxiosInstance;

	/** @param baseUrl for example `http://localhost:5678` */
	constructor(readonly baseUrl: string) {
		this.http = axios.create({
			baseURL: `${baseUrl}/`,
			// Any constant: n8n binds the session to it.
			headers: { 'browser-id': 'n8n-nodes-aha-tests' },
			proxy: false,
			// n8n could close an idle connection at the moment it is used again.
			httpAgent: new Agent({ keepAlive: false }),
			validateStatus: () => true,
		});
	}

	/**
	 * @param path for example `rest/login`
	 * @returns the `data` of the response, or the whole response if it has none
	 * @throws N8nApiError when the status is not 2xx
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
