import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { isObject } from '../transport/json';
import { connectForForm } from './connect';
import { listedField, listMethodsOf } from './operations';
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

/** What Aha!'s workflows call the records of a resource. */
const STATUSABLE: Readonly<Record<string, string>> = {
	feature: 'Feature',
	requirement: 'Requirement',
	epic: 'Epic',
	idea: 'Idea',
	release: 'Release',
	initiative: 'Initiative',
	goal: 'StrategicImperative',
	keyResult: 'KeyResult',
	page: 'Page',
};

/** Statuses of the workflows of the chosen workspace, for the records of the chosen resource. */
async function status(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const client = await connectForForm(this);
	const workspace = chosenWorkspace(this, client);
	if (!workspace) throw new UserError('Choose a workspace first, or enter the name of a status');
	const { body } = await client.send({
		method: 'GET',
		path: `/products/${encodeURIComponent(workspace)}/workflows`,
		query: {},
	});
	const workflows = isObject(body) ? (body.workflows as IDataObject[]) : [];
	const type = STATUSABLE[String(this.getCurrentNodeParameter('resource'))];
	const names = workflows
		.filter((workflow) => workflow.statusable_type === type)
		.flatMap((workflow) => workflow.workflow_statuses as IDataObject[])
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
