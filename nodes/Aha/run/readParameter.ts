import type { IExecuteFunctions, IGetNodeParameterOptions } from 'n8n-workflow';

/** Reads what a person typed into a field of the form, for one item. */
export type ReadParameter = (
	name: string,
	fallback?: unknown,
	options?: IGetNodeParameterOptions,
) => unknown;

/** Reads the form of one item. */
export const readerOf =
	(context: IExecuteFunctions, index: number): ReadParameter =>
	(name, fallback, options) =>
		context.getNodeParameter(name, index, fallback, options);
