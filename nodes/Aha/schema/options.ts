import { endpointsOf } from './endpoints';
import { boolean, choice, list, number } from './fields';
import { hasOutput } from './operations';
import type { Fields, Operation, Resource } from './types';

/** Aha!'s choice of what a record carries. */
export const fieldsToReturn = list("Aha!'s names of the fields, separated by commas; * for all", {
	label: 'Fields to Return',
});

export const retryFor = number(
	'How long to keep retrying a request that failed because of rate limits or the network',
	{ label: 'Retry For (Seconds)', default: 120 },
);

export const previewOnly = boolean(
	'Whether to return the request that would change Aha! instead of sending it',
);

export const format = choice(
	[
		['Detect', 'detect'],
		['HTML', 'html'],
		['Markdown', 'markdown'],
		['Plain Text', 'plain'],
	],
	'What descriptions and comments are written in; Detect never changes HTML',
);

/** What the collection Options has for an operation, beside query parameters of Aha!'s. */
export const ownOptions = (resource: Resource, operation: Operation): Fields => ({
	...(operation.selectable && {
		// Selected Fields asks for fields by itself.
		fields: hasOutput(resource, operation)
			? { ...fieldsToReturn, showWhen: { output: ['raw'] } }
			: fieldsToReturn,
	}),
	...(takesRichText(operation) && { format }),
	...(writes(operation) && { previewOnly }),
	retryFor,
});

/** Whether an operation may change something in Aha!. */
export const writes = (operation: Operation): boolean =>
	operation.writes ?? endpointsOf(operation).some(([, endpoint]) => !endpoint.startsWith('GET '));

const takesRichText = ({ required, fields }: Operation): boolean =>
	Object.values({ ...required, ...fields }).some(({ kind }) => kind === 'html');
