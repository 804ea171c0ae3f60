import type { IExecuteFunctions, IGetNodeParameterOptions } from 'n8n-workflow';

/** Reads what a person typed into a field of the form, for one item. */
export type ReadParameter = (
	name: string,
	fallback?: unknown,
	options?: IGetNodeParameterOptions,
) => unknown;

/**
 * Reads the form of one item. Each field is evaluated once, as an expression can give another value
 * the next time.
 */
export function readerOf(context: IExecuteFunctions, index: number): ReadParameter {
	const known = new Map<string, unknown>();
	return (name, fallback, options) => {
		if (options) return context.getNodeParameter(name, index, fallback, options);
		if (known.has(name)) return known.get(name);
		const value: unknown = context.getNodeParameter(name, index, fallback);
		if (value !== fallback) known.set(name, value);
		return value;
	};
}
