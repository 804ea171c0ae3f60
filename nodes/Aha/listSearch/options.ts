import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { isObject } from '../transport/json';
import { connectForForm } from './connect';
import { listedField, listMethodsOf } from './operations';
import { readRecords } from './records';
import { listSearch } from './search';
import { chosenWorkspace } from './workspace';

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** All pages of a search, as the options of a list without search. */
const allPages = (name: string): LoadOptions =>
	async function (this) {
		const options: INodePropertyOptions[] = [];
		let token: string | undefined;
		do {
			const page = await listSearch[name].call(this, undefined, token);
			options.push(...page.results.map((item) => ({ name: item.name, value: item.value })));
			token = page.paginationToken as string | undefined;
		} while (token !== undefined);
		return options;
	};

/** What Aha! calls the records of a resource in the workflows of a workspace, where it differs. */
const WORKFLOW_TYPES: Readonly<Record<string, string>> = {
	goal: 'strategic_imperative',
	keyResult: 'key_result',
	note: 'page',
};

/** Statuses of the workflow that the chosen workspace has for the records of the chosen resource. */
async function status(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const client = await connectForForm(this);
	const workspace = chosenWorkspace(this, client);
	if (!workspace) throw new UserError('Choose a workspace first, or enter the name of a status');
	const [product] = await readRecords(client, 'workspace', 'get', { product_id: workspace });
	const resource = String(this.getCurrentNodeParameter('resource'));
	const used = product[`${WORKFLOW_TYPES[resource] ?? resource}_workflow`];
	if (!isObject(used)) {
		throw new UserError(
			'This workspace has no workflow for these records. Enter the name of a status.',
		);
	}
	const workflow_id = String(used.id);
	const [workflow] = await readRecords(client, 'workflow', 'get', { workflow_id });
	const names = [...(workflow.workflow_statuses as IDataObject[])]
		.sort((a, b) => Number(a.position) - Number(b.position))
		.map(({ name }) => String(name));
	return [...new Set(names)].map((name) => ({ name, value: name }));
}

/** The choices of a field of the chosen operation; other resources may have others. */
const choicesOf = (list: string): LoadOptions =>
	async function (this) {
		return [...listedField(this, 'choice', list).choices];
	};

/** Options by the name of their list. */
export const loadOptions: Record<string, LoadOptions> = {
	...Object.fromEntries(Object.keys(listSearch).map((name) => [name, allPages(name)])),
	...Object.fromEntries(listMethodsOf('choice').map((name) => [name, choicesOf(name)])),
	status,
};
