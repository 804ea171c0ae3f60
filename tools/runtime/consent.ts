import { load } from 'cheerio';
import { request, type APIResponse } from 'playwright-core';

import type { N8nClient } from './n8nClient';

export interface Person {
	email: string;
	password: string;
}

/** n8n's page after the consent. */
export interface ConsentResult {
	url: string;
	status: number;
	text: string;
}

const MOST_PAGES = 6;

/**
 * Connects an OAuth2 credential as a user does: follows the redirects through the proxy, signs in,
 * and chooses a button on the consent page.
 *
 * @param proxyUrl the sandbox's proxy
 * @param button text of the button, for example `Authorize`
 */
export async function connect(
	client: N8nClient,
	credentialId: string,
	proxyUrl: string,
	person: Person,
	button: string,
): Promise<ConsentResult> {
	const start = await client.oauthUrl(credentialId);
	const cookies = [...client.cookies].map(([name, value]) => ({
		name,
		value,
		domain: 'localhost',
		path: '/',
		expires: -1,
		httpOnly: true,
		secure: false,
		sameSite: 'Lax' as const,
	}));
	const browser = await request.newContext({
		ignoreHTTPSErrors: true,
		proxy: { server: proxyUrl, bypass: 'localhost' },
		storageState: { cookies, origins: [] },
	});
	try {
		let page = await browser.get(start);
		for (let pages = 1; !page.url().startsWith(client.baseUrl); pages++) {
			if (pages > MOST_PAGES)
				throw new Error(`The sign-in does not end. The last page was ${page.url()}`);
			const { url, form } = await filledForm(page, person, button);
			page = await browser.post(url, { form });
		}
		const text = load(await page.text())('body')
			.text()
			.replace(/\s+/g, ' ')
			.trim();
		return { url: page.url(), status: page.status(), text };
	} finally {
		await browser.dispose();
	}
}

/** The form of a page with hidden fields, email, password and the button. */
async function filledForm(page: APIResponse, person: Person, buttonText: string) {
	const $ = load(await page.text());
	const form = $('form').first();
	if (form.length === 0) {
		const text = $('body').text().replace(/\s+/g, ' ').trim();
		throw new Error(`The page has no form. It says (${page.status()}): ${text}`);
	}
	const fields = new Map(form.serializeArray().map(({ name, value }) => [name, value]));
	const fill = (selector: string, value: string) => {
		const name = form.find(selector).attr('name');
		if (name) fields.set(name, value);
	};
	fill('input[type=email]', person.email);
	fill('input[type=password]', person.password);
	const button = form
		.find('button')
		.filter((_, element) => $(element).text().trim() === buttonText);
	const name = button.attr('name');
	if (name) fields.set(name, button.attr('value') ?? '');
	const action = button.attr('formaction') ?? form.attr('action') ?? '';
	return { url: new URL(action, page.url()).href, form: Object.fromEntries(fields) };
}
