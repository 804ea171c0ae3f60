import type { INodeType } from 'n8n-workflow';

import { listSearch, loadOptions } from './listSearch';

/** What n8n calls by name: the lists in the form. */
export const methods: NonNullable<INodeType['methods']> = {
	listSearch,
	loadOptions,
};
