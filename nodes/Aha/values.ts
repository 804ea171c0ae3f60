import type { IDataObject } from 'n8n-workflow';

/** Whether a value is a plain object with keys, as JSON gives it. */
export const isRecord = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
