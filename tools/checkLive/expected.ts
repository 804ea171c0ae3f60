import { recorded } from '../../sandbox/aha-api';

type Recorded = (typeof recorded)[string];

/** An endpoint whatever its path parameters are called. */
const unnamed = (endpoint: string): string => endpoint.replaceAll(/\{\w+\}/g, '{}');

const byEndpoint = new Map(
	Object.entries(recorded).map(([endpoint, response]) => [unnamed(endpoint), response]),
);

/** The recorded response to a request of the node, by method and path as documented. */
export const recordedResponseTo = (endpoint: string): Recorded | undefined =>
	byEndpoint.get(unnamed(endpoint));
