import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { anchorOf } from '../../../tools/docs/anchor';
import { ROOT } from '../../../tools/runtime/places';
import { addressOf, pages, siteLink } from '../../../tools/site/pages';

const HOMEPAGE = 'https://github.com/somebody/something';

test('each page in docs is in the navigation', () => {
	const files = readdirSync(join(ROOT, 'docs'), { recursive: true }) as string[];
	const written = files.filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`);
	expect(written.filter((file) => !pages.includes(file))).toEqual([]);
});

test.each([
	['README.md', '/'],
	['docs/README.md', '/docs/'],
	['docs/recipes/README.md', '/docs/recipes/'],
	['docs/faq.md', '/docs/faq'],
])('%s has the address %s', (page, address) => {
	expect(addressOf(page)).toBe(address);
});

test.each([
	['docs/mcp.md', 'recipes/12-mcp-server.md', '/docs/recipes/12-mcp-server'],
	['docs/compatibility.md', '../README.md#n8n-20-or-later', '/#n8n-20-or-later'],
	['README.md', 'CONTRIBUTING.md', `${HOMEPAGE}/blob/main/CONTRIBUTING.md`],
	[
		'docs/performance.md',
		'../tools/bench/README.md',
		`${HOMEPAGE}/blob/main/tools/bench/README.md`,
	],
	['docs/faq.md', '#a-list-is-empty', '#a-list-is-empty'],
	['docs/faq.md', 'https://www.aha.io', 'https://www.aha.io'],
])('on %s, a link to %s leads to %s', (page, link, address) => {
	expect(siteLink(page, link, HOMEPAGE)).toBe(address);
});

test('a link to a file that is not there fails', () => {
	expect(() => siteLink('docs/faq.md', 'nowhere.md', HOMEPAGE)).toThrow('nowhere.md');
});

test.each([
	['n8n 2.0 or later', 'n8n-20-or-later'],
	['"Forbidden", or an error with 403', 'forbidden-or-an-error-with-403'],
	['What `--write` does', 'what---write-does'],
	['Custom_fields & more', 'custom_fields--more'],
])('the heading %s has the anchor %s', (heading, anchor) => {
	expect(anchorOf(heading)).toBe(anchor);
});
