import type { INodeType } from 'n8n-workflow';

import { getCustomFields, listSearch, loadOptions } from './listSearch';

/** What n8n calls by name: the lists in the form, and the custom fields. */
export const methods: NonNullable<INodeType['methods']> = {
	listSearch,
	loadOptions,
	resourceMapping: { getCustomFields },
};
