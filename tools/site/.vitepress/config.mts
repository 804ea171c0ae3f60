import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitepress';

import { anchorOf } from '../../docs/anchor';
import { ROOT } from '../../runtime/places';
import { addressOf, sidebar, siteLink } from '../pages';

const { homepage } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** The pages of the repository as a site. They stay where they are, and read well on GitHub too. */
export default defineConfig({
	title: 'n8n-nodes-aha',
	description: 'Aha! in n8n workflows',
	srcDir: ROOT,
	srcExclude: ['!(docs)/**/*', 'CONTRIBUTING.md', 'LICENSE.md'],
	outDir: join(ROOT, '.site'),
	rewrites: (id) => id.replace(/README\.md$/, 'index.md'),
	cleanUrls: true,
	// Pages tell in which n8n to open the simulated account.
	ignoreDeadLinks: 'localhostLinks',
	markdown: {
		anchor: { slugify: anchorOf },
		config: (md) => {
			md.core.ruler.push('repository-links', ({ tokens, env }) => {
				const page = (env.relativePath as string).replace(/index\.md$/, 'README.md');
				for (const token of tokens.flatMap(({ children }) => children ?? [])) {
					// Vue would take n8n's expressions for its own.
					if (token.type === 'code_inline') token.attrSet('v-pre', '');
					const href = token.type === 'link_open' && token.attrGet('href');
					if (href) token.attrSet('href', siteLink(page, href, homepage));
				}
			});
		},
	},
	themeConfig: {
		nav: [
			{ text: 'Recipes', link: addressOf('docs/recipes/README.md') },
			{ text: 'How-tos', link: addressOf('docs/how-to.md') },
			{ text: 'Operations', link: addressOf('docs/operations.md') },
			{ text: 'Problems', link: addressOf('docs/faq.md') },
		],
		sidebar,
		outline: [2, 3],
		search: {
			provider: 'local',
			options: {
				// The JSON of recipes would hide what people look for.
				_render: (src, env, md) => md.render(src.replace(/<details>[^]*?<\/details>/g, ''), env),
			},
		},
		socialLinks: [{ icon: 'github', link: homepage }],
	},
});
