import Table from 'cli-table3';
import { load } from 'cheerio';
import type { IDataObject } from 'n8n-workflow';

import { connect } from '../runtime/consent';
import type { Execution, N8nClient, WorkflowFile } from '../runtime/n8nClient';
import { CliError } from '../runtime/cliError';
import type { Sandbox } from '../../sandbox';
import { ensureApiKey, ensureOAuth2, type DemoCredential } from './credentials';
import { examples, startsByClick, withCredentials, triggerOf } from './workflows';

/** The result of an example with a credential. */
interface Outcome {
	readonly workflow: string;
	readonly authentication: DemoCredential['authentication'];
	/** Why it failed; undefined if it succeeded. */
	readonly problem?: string;
	/** The output of its last node. */
	readonly items: readonly IDataObject[];
}

const SHOWN_ITEMS = 3;
const SHOWN_LETTERS = 160;

/** Creates both credentials and connects the one for OAuth2. */
async function ensureCredentials(client: N8nClient, sandbox: Sandbox): Promise<DemoCredential[]> {
	const account = sandbox.account('mycompany');
	const apiKey = await ensureApiKey(client, account);
	const oAuth2 = await ensureOAuth2(client, account);
	const { proxyUrl } = sandbox;
	const end = await connect(client, oAuth2.id, proxyUrl, account.person, 'Authorize');
	const { data } = await client.getCredential(oAuth2.id);
	if (!data.oauthTokenData) {
		throw new CliError(`"${oAuth2.name}" was not connected. n8n says: ${end.text}`);
	}
	return [apiKey, oAuth2];
}

function outcomeOf(
	workflow: WorkflowFile,
	{ authentication }: DemoCredential,
	{ status, data }: Execution,
): Outcome {
	const { runData, lastNodeExecuted = '', error } = data.resultData;
	const outputs = runData[lastNodeExecuted]?.at(-1)?.data?.main[0] ?? [];
	const about = { workflow: workflow.name, authentication, items: outputs.map(({ json }) => json) };
	if (status !== 'success') return { ...about, problem: error?.message ?? `It ended as ${status}` };
	const unreached = workflow.nodes.find(
		({ name, type }) => type !== 'n8n-nodes-base.stickyNote' && !runData[name],
	);
	if (unreached) return { ...about, problem: `No data reached the node "${unreached.name}"` };
	return about.items.length > 0 ? about : { ...about, problem: 'It returned no items' };
}

/** The values of an item, without HTML tags. */
const formatItem = (item: IDataObject): string => {
	const text = Object.values(item)
		.map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value)))
		.map((value) => (value.includes('</') ? textOf(value) : value))
		.join('  ');
	return text.length > SHOWN_LETTERS ? `${text.slice(0, SHOWN_LETTERS)}…` : text;
};

/** Joins the texts of elements with spaces. */
const textOf = (html: string): string => {
	const $ = load(html);
	$('style, title').remove();
	return $('*')
		.contents()
		.filter((_, node) => node.type === 'text')
		.map((_, node) => $(node).text().trim())
		.get()
		.filter((text) => text !== '')
		.join(' ');
};

function tableOf(outcomes: readonly Outcome[]): string {
	const table = new Table({
		head: ['Workflow', 'Signed in with', 'Items', 'Output'],
		colWidths: [24, 16, 7, 70],
		wordWrap: true,
		style: { head: [], border: [] },
	});
	for (const { workflow, authentication, items, problem } of outcomes) {
		const lines = items.slice(0, SHOWN_ITEMS).map(formatItem);
		table.push([
			workflow,
			authentication === 'apiKey' ? 'API key' : 'OAuth2',
			String(items.length),
			problem === undefined ? lines.join('\n') : `FAILED: ${problem}`,
		]);
	}
	return table.toString();
}

/**
 * Runs each example with both credentials and prints the results.
 *
 * @returns whether all succeeded and returned items
 */
export async function runExamples(client: N8nClient, sandbox: Sandbox): Promise<boolean> {
	const outcomes: Outcome[] = [];
	for (const credential of await ensureCredentials(client, sandbox)) {
		for (const example of examples.filter(startsByClick)) {
			const { id } = await client.createWorkflow(withCredentials(example, credential));
			console.log(`Running "${example.name}" with ${credential.name} …`);
			const execution = await client.runWorkflow(id, triggerOf(example));
			outcomes.push(outcomeOf(example, credential, execution));
		}
	}
	const failed = outcomes.filter(({ problem }) => problem !== undefined).length;
	console.log(tableOf(outcomes));
	console.log(`${outcomes.length - failed} of ${outcomes.length} runs succeeded.`);
	return failed === 0;
}
