import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** How many of some things have something. */
export interface Share {
	readonly having: number;
	readonly of: number;
}

/** How much a node's form says. */
export interface Words {
	readonly operations: Share;
	readonly fields: Share;
	readonly texts: Share;
	readonly locators: Share;
}

/** What chooses, separates or explains, and is no field that a person fills in. */
const NO_FIELDS = new Set(['authentication', 'resource', 'operation']);
const NO_TYPES = new Set([
	'notice',
	'callout',
	'hidden',
	'button',
	'collection',
	'fixedCollection',
]);

/** Counts what the properties of a node say, those inside of collections too. */
export function wordsOf(properties: readonly INodeProperties[]): Words {
	const all = properties.flatMap(withInner);
	const operations = properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options = [] }) => options as INodePropertyOptions[]);
	const fields = all.filter(({ name, type }) => !NO_FIELDS.has(name) && !NO_TYPES.has(type));
	const ofType = (wanted: string) => fields.filter(({ type }) => type === wanted);
	return {
		operations: shareOf(operations, ({ description }) => description),
		fields: shareOf(fields, ({ description }) => description),
		texts: shareOf(ofType('string'), ({ placeholder }) => placeholder),
		locators: shareOf(ofType('resourceLocator').filter(takesId), hasMode('url')),
	};
}

const hasMode =
	(...names: string[]) =>
	({ modes = [] }: INodeProperties): boolean =>
		modes.some(({ name }) => names.includes(name));

/** Whether a field takes a record by its ID; a status or a person has no page of its own. */
const takesId = hasMode('id', 'reference', 'url');

const shareOf = <T>(all: readonly T[], has: (one: T) => unknown): Share => ({
	having: all.filter(has).length,
	of: all.length,
});

/** A property with those inside of it. */
function withInner(property: INodeProperties): INodeProperties[] {
	const { type, options = [] } = property;
	if (type === 'collection')
		return [property, ...(options as INodeProperties[]).flatMap(withInner)];
	if (type !== 'fixedCollection') return [property];
	const groups = options as Array<{ values: INodeProperties[] }>;
	return [property, ...groups.flatMap(({ values }) => values.flatMap(withInner))];
}
