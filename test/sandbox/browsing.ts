import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { load } from 'cheerio';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';

import type { Sandbox, SandboxAccount } from '../../sandbox';

/** A client that reaches an account as any program does: by its name, through the proxy. */
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

export interface Asked {
	readonly client_id?: string;
	readonly redirect_uri?: string;
	readonly response_type?: string;
	readonly state?: string;
	readonly scope?: string;
}

/** What an application asks for, with the differences that a test is about. */
export const asking = ({ app }: SandboxAccount, differences: Asked = {}): Asked => ({
	client_id: app.clientId,
	redirect_uri: app.redirectUris[0],
	response_type: 'code',
	state: 'state-1',
	...differences,
});

/** A person at the pages of an account: signs in, and presses a button of the consent page. */
export class Person {
	private cookie = '';

	constructor(
		private readonly client: AxiosInstance,
		private readonly account: SandboxAccount,
	) {}

	open(params: Asked): Promise<AxiosResponse<string>> {
		return this.client.get('/oauth/authorize', { params, headers: { Cookie: this.cookie } });
	}

	async signIn(page: AxiosResponse<string>, password = this.account.person.password) {
		const { data: form } = await this.client.get<string>(page.headers.location as string);
		const answer = await this.press(form, 'Sign in', {
			email: this.account.person.email,
			password,
		});
		this.cookie = String(answer.headers['set-cookie']?.[0]).split(';')[0];
		return answer;
	}

	/** @returns where the button leads */
	async consent(params: Asked, button = 'Authorize'): Promise<URL> {
		const page = await this.open(params);
		if (page.status === 302) await this.signIn(page);
		const answer = await this.press((await this.open(params)).data, button);
		return new URL(answer.headers.location as string);
	}

	/** @returns the code of one consent */
	async code(params: Asked): Promise<string> {
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
