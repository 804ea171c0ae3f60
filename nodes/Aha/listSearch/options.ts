import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { outputFields } from './fields';
import { listSearch } from './search';
import { statusOptions } from './statuses';

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

/** Options by the name of their list. */
export const loadOptions: Record<string, LoadOptions> = {
	...Object.fromEntries(Object.keys(listSearch).map((name) => [name, allPages(name)])),
	triggerStatus: statusOptions(['filters.newStatus', 'filters.oldStatus']),
	outputFields,
};
