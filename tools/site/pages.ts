import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';

import { recipes } from '../docs/recipes';
import { ROOT } from '../runtime/places';

interface Entry {
	readonly text: string;
	readonly link: string;
}

/** The pages of the site in their groups, by file. Recipes are added below. */
const GROUPS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	Start: {
		'README.md': 'Aha! in n8n',
		'docs/README.md': 'All pages',
		'docs/credentials/api-key.md': 'API key',
		'docs/credentials/oauth2.md': 'OAuth2',
	},
	Use: {
		'docs/how-to.md': 'How-tos',
		'docs/triggers.md': 'Triggers',
		'docs/mcp.md': 'MCP server',
		'docs/faq.md': 'Questions and problems',
	},
	Reference: {
		'docs/operations.md': 'Operations',
		'docs/permissions.md': 'Permissions and plans',
		'docs/compatibility.md': 'Versions of n8n',
		'docs/performance.md': 'Performance',
		'docs/queue-mode/README.md': 'Queue mode',
		'docs/forms.md': 'The form beside others',
		'docs/check-live.md': 'Check a real account',
		'CHANGELOG.md': 'Changes',
		'SECURITY.md': 'Security',
	},
	Recipes: {
		'docs/recipes/README.md': 'All recipes',
		...Object.fromEntries(
			recipes.map(({ slug, workflow }) => [`docs/recipes/${slug}.md`, workflow.name]),
		),
	},
};

/** The Markdown files that are pages of the site, relative to the repository. */
export const pages: readonly string[] = Object.values(GROUPS).flatMap(Object.keys);

/** The address of a page on the site: `docs/recipes/README.md` is `/docs/recipes/`. */
export const addressOf = (page: string): string =>
	`/${page.replace(/(^|\/)README\.md$/, '$1').replace(/\.md$/, '')}`;

/** The navigation beside each page. */
export const sidebar = Object.entries(GROUPS).map(([text, files]) => ({
	text,
	items: Object.entries(files).map(([file, title]): Entry => ({
		text: title,
		link: addressOf(file),
	})),
}));

/**
 * Turns a link between files of the repository, which also works on GitHub, into one of the site: to
 * a page of it, or to the file on GitHub.
 *
 * @param page the file with the link
 * @param homepage the repository's address
 * @throws Error when there is no such file
 */
export function siteLink(page: string, link: string, homepage: string): string {
	const [path, anchor] = link.split('#');
	if (path === '' || /^[a-z]+:/.test(link)) return link;
	const file = posix.join(posix.dirname(page), path);
	if (!existsSync(join(ROOT, file)))
		throw new Error(`${page} links to ${link}, which is not there`);
	const address = pages.includes(file) ? addressOf(file) : `${homepage}/blob/main/${file}`;
	return anchor === undefined ? address : `${address}#${anchor}`;
}
