import type { INodeType, IVersionedNodeType } from 'n8n-workflow';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { Aha } from '../../nodes/Aha/Aha.node.js';
import { RUNTIME } from '../runtime/places';
import type { Share, Words } from './words';
import { wordsOf } from './words';

/** Nodes of n8n for comparable services: file and class in n8n-nodes-base. */
const NODES = {
	Airtable: 'Airtable/Airtable',
	GitHub: 'Github/Github',
	'Google Sheets': 'Google/Sheet/GoogleSheets',
	HubSpot: 'Hubspot/Hubspot',
	Jira: 'Jira/Jira',
	Linear: 'Linear/Linear',
	Notion: 'Notion/Notion',
	Slack: 'Slack/Slack',
};

type AnyNode = INodeType | IVersionedNodeType;

/** The newest version of a node of n8n. */
function load(file: string): INodeType {
	const load = createRequire(join(RUNTIME, 'package.json'));
	const module = load(`n8n-nodes-base/dist/nodes/${file}.node.js`) as Record<
		string,
		new () => AnyNode
	>;
	const node = new module[String(file.split('/').at(-1))]();
	return 'nodeVersions' in node ? node.getNodeType() : node;
}

/** How much the forms of n8n's nodes and of this one say, by the name of the node; ours first. */
export function compare(): Array<[name: string, words: Words]> {
	const ours = wordsOf(new Aha().description.properties);
	const others = Object.entries(NODES).map(([name, file]): [string, Words] => [
		name,
		wordsOf(load(file).description.properties),
	]);
	return [['Aha! (this package)', ours], ...others];
}

const COLUMNS: ReadonlyArray<[key: keyof Words, title: string]> = [
	['operations', 'Operations with a description'],
	['fields', 'Fields with a description'],
	['texts', 'Text fields with a placeholder'],
	['locators', 'Record fields with a URL mode'],
];

const percent = ({ having, of }: Share): number => (of === 0 ? 0 : Math.floor((100 * having) / of));

const cell = (share: Share): string =>
	share.of === 0 ? '-' : `${percent(share)} % (${share.having} of ${share.of})`;

/** The comparison as a Markdown table. */
export const comparisonTable = (compared: ReturnType<typeof compare>): string =>
	[
		`| Node | ${COLUMNS.map(([, title]) => title).join(' | ')} |`,
		`| --- | ${COLUMNS.map(() => '---').join(' | ')} |`,
		...compared.map(
			([name, words]) => `| ${name} | ${COLUMNS.map(([key]) => cell(words[key])).join(' | ')} |`,
		),
	].join('\n');

/** The columns in which a node of n8n has more than this one. */
export const behindIn = ([[, ours], ...others]: ReturnType<typeof compare>): string[] =>
	COLUMNS.filter(([key]) =>
		others.some(([, words]) => percent(words[key]) > percent(ours[key])),
	).map(([, title]) => title);
