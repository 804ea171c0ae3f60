import type { INodeType } from 'n8n-workflow';

import { getCustomFields } from './customFields';
import { loadOptions } from './options';
import { listSearch } from './search';

/** What n8n calls by name: the lists of the form, and the custom fields of its resource mapper. */
export const methods = {
	listSearch,
	loadOptions,
	resourceMapping: { getCustomFields },
} satisfies NonNullable<INodeType['methods']>;
