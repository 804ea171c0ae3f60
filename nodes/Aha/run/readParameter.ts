import type { IGetNodeParameterOptions } from 'n8n-workflow';

/** Reads what a person typed into a field of the form, for one item. */
export type ReadParameter = (
	name: string,
	fallback?: unknown,
	options?: IGetNodeParameterOptions,
) => unknown;
