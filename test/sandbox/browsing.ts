import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { load } from 'cheerio';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';

import type { Sandbox, SandboxAccount } from '../../sandbox';

/** Creates a client that reaches an account through the proxy. */
export function clientOf(sandbox: Sandbox, baseURL: string): AxiosInstance {
	const { hostname: host, port } = new URL(sandbox.proxyUrl);
	return axios.create({
		baseURL,
		proxy: { protocol: 'http', host, port: Number(port) },
		httpsAgent: new Agent({ ca: readFileSync(sandbox.authority) }),
		maxRedirects: 0,
		timeout: 10_000,
		validateStatus: () => true,
	});
}

export const bearer = (secret: string) => ({ headers: { Authorization: `Bearer ${secret}` } });

export interface AuthorizationQuery {
	readonly client_id?: string;
	readonly redirect_uri?: string;
	readonly response_type?: string;
	readonly state?: string;
	readonly scope?: string;
}

/** The parameters of an authorization request, with the changes that a test needs. */
export const authorizationQuery = (
	{ app }: SandboxAccount,
	differences: AuthorizationQuery = {},
): AuthorizationQuery => ({
	client_id: app.clientId,
	redirect_uri: app.redirectUris[0],
	response_type: 'code',
	state: 'state-1',
	...differences,
});

/** A user who signs in and chooses a button on the consent page. */
export class User {
	private cookie = '';

	constructor(
		private readonly client: AxiosInstance,
		private readonly account: SandboxAccount,
	) {}

	open(params: AuthorizationQuery): Promise<AxiosResponse<string>> {
		return this.client.get('/oauth/authorize', { params, headers: { Cookie: this.cookie } });
	}

	async signIn(page: AxiosResponse<string>, password = this.account.person.password) {
		const { data: form } = await this.client.get<string>(page.headers.location as string);
		const response = await this.press(form, 'Sign in', {
			email: this.account.person.email,
			password,
		});
		this.cookie = String(response.headers['set-cookie']?.[0]).split(';')[0];
		return response;
	}

	/** @returns the URL that the button redirects to */
	async consent(params: AuthorizationQuery, button = 'Authorize'): Promise<URL> {
		const page = await this.open(params);
		if (page.status === 302) await this.signIn(page);
		const response = await this.press((await this.open(params)).data, button);
		return new URL(response.headers.location as string);
	}

	/** @returns the authorization code of a consent */
	async code(params: AuthorizationQuery): Promise<string> {
		return (await this.consent(params)).searchParams.get('code') ?? '';
	}

	press(page: string, text: string, typed: Record<string, string> = {}) {
		const form = load(page)('form').first();
		const button = form
			.find('button')
			.filter((_, element) => load(element)('button').text() === text);
		const fields = new URLSearchParams();
		for (const { name, value } of form.serializeArray()) fields.set(name, value);
		for (const [name, value] of Object.entries(typed)) fields.set(name, value);
		const name = button.attr('name');
		if (name) fields.set(name, button.attr('value') ?? '');
		return this.client.post<string>(form.attr('action') ?? '', fields, {
			headers: { Cookie: this.cookie },
		});
	}
}
