import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

import { PINNED } from './places';

/** A tool as an AI agent sees it. */
export interface Tool {
	name: string;
	description: string;
	inputSchema: {
		properties: Record<string, { type: string; description?: string }>;
		required?: string[];
	};
}

interface ToolResult {
	readonly content: Array<{ text: string }>;
	readonly isError?: boolean;
}

/** What is used of the official client's types. */
interface OfficialClient {
	connect(transport: object): Promise<void>;
	listTools(): Promise<{ tools: Tool[] }>;
	callTool(call: { name: string; arguments: Record<string, unknown> }): Promise<ToolResult>;
	close(): Promise<void>;
}
type NewClient = new (info: { name: string; version: string }) => OfficialClient;
type NewTransport = new (url: URL, options: { requestInit: RequestInit }) => object;

/** Loads the official client, which n8n installs. */
function loadOfficial(): { Client: NewClient; Transport: NewTransport } {
	const fromN8n = createRequire(PINNED.n8n);
	const { Client } = fromN8n('@modelcontextprotocol/sdk/client/index.js') as { Client: NewClient };
	const { StreamableHTTPClientTransport: Transport } = fromN8n(
		'@modelcontextprotocol/sdk/client/streamableHttp.js',
	) as { StreamableHTTPClientTransport: NewTransport };
	return { Client, Transport };
}

const NOT_FOUND = 404;

/** An AI agent's side of the Model Context Protocol, over HTTP. */
export class McpClient {
	private client?: OfficialClient;

	/**
	 * @param url of n8n's MCP Server Trigger
	 * @param token for its bearer authentication
	 */
	constructor(
		private readonly url: string,
		private readonly token?: string,
	) {}

	/** Connects once the server is ready: n8n opens its URL some time after publishing. */
	async connect(): Promise<void> {
		const { Client, Transport } = loadOfficial();
		const headers =
			this.token === undefined ? undefined : { Authorization: `Bearer ${this.token}` };
		for (;;) {
			const client = new Client({ name: 'n8n-nodes-aha-tests', version: '1' });
			const transport = new Transport(new URL(this.url), {
				requestInit: { headers },
			});
			try {
				await client.connect(transport);
				this.client = client;
				return;
			} catch (error) {
				if ((error as { code?: unknown }).code !== NOT_FOUND) throw error;
				await sleep(200);
			}
		}
	}

	async tools(): Promise<Tool[]> {
		return (await this.connected.listTools()).tools;
	}

	/** @returns the text that the model would read */
	async call(name: string, values: Record<string, unknown>): Promise<string> {
		const { content } = await this.result(name, values);
		return content.map(({ text }) => text).join('\n');
	}

	/** The whole result of a call. */
	async result(name: string, values: Record<string, unknown>): Promise<ToolResult> {
		return await this.connected.callTool({ name, arguments: values });
	}

	async close(): Promise<void> {
		await this.client?.close();
	}

	private get connected(): OfficialClient {
		if (!this.client) throw new Error('The client is not connected');
		return this.client;
	}
}
