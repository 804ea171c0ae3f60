import { UserError } from 'n8n-workflow';

import type { AhaRequest } from '../transport/types';
import type { Endpoint, Operation } from './types';

type NamesIn<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
	? Name | NamesIn<Rest>
	: never;

/** Values of the path parameters of an endpoint: `{feature_id}` of `GET /features/{feature_id}`. */
export type ParamsOf<E extends Endpoint> = Endpoint extends E
	? Readonly<Record<string, string>>
	: { readonly [Name in NamesIn<E>]: string };

/** What an expression without a value leaves in a text; a pattern. */
export const NOTHING = 'null|undefined|nan';

const IS_NOTHING = new RegExp(`^(?:${NOTHING})$`, 'i');

/** Whether a text is only what an expression without a value leaves. */
export const isNothing = (text: string): boolean => IS_NOTHING.test(text.trim());

/** Whether a text is a step in a path. Not even encoded does it stay in its place. */
export const isPathStep = (text: string): boolean => /^\.{1,2}$/.test(text.trim());

/**
 * Method and path of an endpoint with its path parameters filled in and encoded.
 *
 * @throws UserError when a value is missing, which the types rule out for a literal endpoint; or
 * when it would lead to another path
 */
export function fillEndpoint<E extends Endpoint>(
	endpoint: E,
	values: ParamsOf<E>,
): Pick<AhaRequest, 'method' | 'path'> {
	const [method, template] = endpoint.split(' ') as [AhaRequest['method'], string];
	const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
		const value = (values as Readonly<Record<string, string>>)[name];
		if (!value) throw new UserError(`"${name}" is missing in ${endpoint}`);
		if (isPathStep(value)) {
			throw new UserError(`"${value}" is not a valid ${name.replaceAll('_', ' ')}`);
		}
		return encodeURIComponent(value);
	});
	return { method, path };
}

/** Names of the path parameters, in the order of the path. */
export const pathParameters = (endpoint: Endpoint): string[] =>
	[...endpoint.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);

/** The endpoints of an operation with the key of each; `''` where there is no choice. */
export function endpointsOf({ endpoint }: Operation): Array<[key: string, Endpoint]> {
	return typeof endpoint === 'string' ? [['', endpoint]] : Object.entries(endpoint ?? {});
}
