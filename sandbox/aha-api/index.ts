import endpointsJson from './endpoints.json';
import recordedJson from './recorded.json';

export interface EndpointFacts {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Below `/api/v1`, with names in braces. */
	path: string;
	tag: string;
	parameters: Record<string, { in: 'path' | 'query' | 'body'; required: boolean }>;
	body: { type: string; shape: Record<string, unknown> } | null;
	/** Top-level keys of the answer. */
	answers: string[];
}

export interface RecordedResponse {
	status: number;
	body: unknown;
}

/** Every documented endpoint of Aha!'s API. */
export const endpoints = endpointsJson as unknown as EndpointFacts[];

/** Aha!'s recorded answers by `METHOD /path`. */
export const recorded = recordedJson as unknown as Record<string, RecordedResponse>;
