import type { IDataObject } from 'n8n-workflow';

import type { BinaryStream } from './transport/types';

/** Whether a value is a plain object with keys, as JSON gives it. */
export const isRecord = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value is a stream of Node.js. */
export const isStream = (value: unknown): value is BinaryStream =>
	isRecord(value) && typeof value.pipe === 'function';
