import { marked, type Token, type Tokens } from 'marked';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { textOf } from '../../../tools/docs/markdown';
import { ROOT } from '../../../tools/runtime/places';

/** What the README promises, and the test that holds it: its file in `test/`, and its title. */
const PROMISES: ReadonlyArray<readonly [promise: string, file: string, title: string]> = [
	[
		'Read and write features, ideas, releases and everything else',
		'unit/run/replay/replay.test.ts',
		'every example request of the documentation leaves the node as documented',
	],
	[
		'Start workflows when something changes in Aha!',
		'n8n/newcomer.test.ts',
		'a feature that is dragged to Shipped on the board starts its workflow',
	],
	['Give AI agents tools for Aha!', 'n8n/tool.test.ts', 'an agent changes Aha! and reads it'],
	[
		'or run an MCP server for it',
		'n8n/recipes.test.ts',
		'lists nine tools with described arguments, and five that only read',
	],
	[
		'Sign in with an API key',
		'n8n/editor.test.ts',
		'leads a first user with an API key from a search to records',
	],
	[
		'or with OAuth2',
		'n8n/editor.test.ts',
		'is connected through the consent page, and the node runs with no further step',
	],
	[
		'No runtime dependencies',
		'n8n/install.test.ts',
		'by hand, or in an image: npm install --omit=peer',
	],
	[
		'Data only goes to your own Aha! account',
		'node/security.test.ts',
		'a hostile account domain names no host but one account at Aha!',
	],

	[
		'Twelve recipes to import as they are',
		'n8n/newcomer.test.ts',
		'all recipes are there, under one tag',
	],
	[
		'but no Aha! account',
		'n8n/newcomer.test.ts',
		'the first own workflow writes to Aha!, with no red field and no error on the way',
	],
	[
		'Credentials and all recipes are set up for you',
		'n8n/demo.test.ts',
		'gives a first user credentials and workflows, and keeps them for the second start',
	],
	[
		'where you drag features and vote for ideas',
		'sandbox/board.test.ts',
		'a vote counts each time, and a comment is one of the record',
	],
	[
		'Press Ctrl-C to stop everything',
		'n8n/demo.test.ts',
		'leaves nothing running when it is stopped early',
	],
	[
		'Starts n8n for your own Aha! account',
		'n8n/demo.test.ts',
		'talks to the real Aha! with --live, and makes no credential for it',
	],

	['In the editor:', 'n8n/install.test.ts', 'in the editor: Settings > Community nodes > Install'],
	[
		'By hand, if you installed n8n with npm',
		'n8n/install.test.ts',
		'by hand, or in an image: npm install --omit=peer',
	],
	[
		'n8n installs the packages in these variables',
		'n8n/install.test.ts',
		'with Docker: N8N_COMMUNITY_PACKAGES',
	],

	[
		'You can also paste the URL of any page of your account',
		'node/credentials.test.ts',
		'has 57 good and 200 hostile domains or more, no two equal',
	],
	[
		'The API key or tokens are only sent to this host',
		'node/security.test.ts',
		'no redirect is followed with a key',
	],

	[
		'Choose them from a searchable list',
		'n8n/choosing.test.ts',
		'a feature is made with everything chosen from lists',
	],
	[
		'an ID or the URL of a page',
		'n8n/choosing.test.ts',
		'the URL of a page is taken for the record, and other text is refused',
	],
	['Names work as well', 'node/names.test.ts', 'is found by an expression, once for all items'],
	[
		'Return All reads all pages',
		'node/transport.test.ts',
		'Return All reads what the limits let it, in order, once',
	],
	[
		'Limit reads only as many as necessary',
		'unit/transport/pages.test.ts',
		'is not read beyond the limit',
	],
	[
		'Simplified for the ten most useful fields',
		'unit/resources/resources.test.ts',
		'keep at most ten keys when they simplify',
	],
	[
		'have their own form with the fields of your workspace',
		'unit/handlers/customFields.test.ts',
		'the layout of the chosen workspace gives fields, order, options and required marks',
	],
	[
		'set them as JSON, with expressions',
		'unit/handlers/customFields.test.ts',
		'joins the JSON of an expression, in either of its forms',
	],
	[
		'finds a record by your own key',
		'node/upsert.test.ts',
		'the same 100 items twice leave 100 records',
	],
	[
		'as streams',
		'node/bigFile/memory.test.ts',
		'a file of 200 MB raises memory by less than 50 MB, both ways',
	],
	[
		'Custom API Call and Execute GraphQL cover everything',
		'unit/handlers/account.test.ts',
		'what is no list stays as it is, and a body is sent',
	],
	[
		"contain Aha!'s message, the status, and what you can do",
		'node/harness.test.ts',
		"Aha!'s own sentence is n8n's error, or an item where the node goes on",
	],
	[
		'each failed item returns one error item',
		'unit/run/execute.test.ts',
		'becomes an item when n8n goes on',
	],
	[
		'nothing is written before all items are checked',
		'unit/run/manyItems.test.ts',
		'items are checked before the first write',
	],
	[
		'the error lists what was written',
		'unit/run/manyItems.test.ts',
		'lists what was written, with its items',
	],
	[
		'can use all operations as tools',
		'n8n/tool.test.ts',
		'an agent sees what each operation does and takes',
	],

	[
		'polls Aha! every minute',
		'n8n/trigger.test.ts',
		'a poll that fails says why, and the next one catches up',
	],
	[
		'Both return the same items',
		'n8n/trigger.test.ts',
		'emits each change once, as the polling trigger does, though deliveries repeat and change order',
	],

	[
		'uses these limits fully without exceeding them',
		'unit/transport/rateLimiter.test.ts',
		'never goes beyond a limit, whatever comes when',
	],
	[
		'requests for pages and items concurrently',
		'unit/transport/pages.test.ts',
		'reads what follows the first page at the same time',
	],
	[
		'because of the limits are retried',
		'node/transport.test.ts',
		'a storm of refusals loses and doubles nothing',
	],
	[
		'nothing that may already have been created is created again',
		'unit/transport/retry.test.ts',
		'is sent again only where that creates nothing twice',
	],
];

/** The texts that a block consists of: the points of a list, the rows of a table, a paragraph. */
function textsOf(block: Token): string[] {
	if (block.type === 'list') return pointsOf(block as Tokens.List);
	if (block.type === 'paragraph') return [textOf((block as Tokens.Paragraph).tokens)];
	if (block.type !== 'table') return [];
	return (block as Tokens.Table).rows.map((row) =>
		row.map((cell) => textOf(cell.tokens)).join(' '),
	);
}

const pointsOf = ({ items }: Tokens.List): string[] => items.map(({ tokens }) => textOf(tokens));

const readme = marked.lexer(readFileSync(join(ROOT, 'README.md'), 'utf8'));
const texts = readme.flatMap(textsOf);
const points = readme
	.filter(({ type }) => type === 'list')
	.flatMap((list) => pointsOf(list as Tokens.List));

test.each(PROMISES)('the README says "%s", and test/%s has "%s"', (promise, file, title) => {
	expect(texts.filter((text) => text.includes(promise))).not.toEqual([]);
	expect(readFileSync(join(ROOT, 'test', file), 'utf8')).toContain(title);
});

test('each point of a list in the README has a test', () => {
	expect(points.length).toBeGreaterThan(10);
	const untested = points.filter((point) => !PROMISES.some(([promise]) => point.includes(promise)));
	expect(untested).toEqual([]);
});
