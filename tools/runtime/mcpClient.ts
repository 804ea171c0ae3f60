import axios, { isAxiosError } from 'axios';
import { setTimeout as sleep } from 'node:timers/promises';

interface RpcResponse<T> {
	result?: T;
	error?: { message: string };
}

/** A tool as an AI agent sees it. */
export interface Tool {
	name: string;
	description: string;
	inputSchema: { properties: Record<string, { type: string; description?: string }> };
}

/** An AI agent's side of the Model Context Protocol, over HTTP. */
export class McpClient {
	private readonly headers: Record<string, string> = {
		accept: 'application/json, text/event-stream',
	};

	private requests = 0;

	/** @param url of n8n's MCP Server Trigger */
	constructor(private readonly url: string) {}

	/** Connects once the server is ready: n8n opens its URL some time after publishing. */
	async connect(): Promise<void> {
		const parameters = {
			protocolVersion: '2025-06-18',
			capabilities: {},
			clientInfo: { name: 'n8n-nodes-aha-tests', version: '1' },
		};
		for (;;) {
			try {
				return void (await this.send('initialize', parameters));
			} catch (error) {
				if (!isAxiosError(error) || error.response?.status !== 404) throw error;
				await sleep(200);
			}
		}
	}

	async tools(): Promise<Tool[]> {
		return (await this.send<{ tools: Tool[] }>('tools/list', {})).tools;
	}

	/** @returns the text that the model would read */
	async call(name: string, values: Record<string, unknown>): Promise<string> {
		const { content } = await this.send<{ content: Array<{ text: string }> }>('tools/call', {
			name,
			arguments: values,
		});
		return content.map(({ text }) => text).join('\n');
	}

	private async send<T>(method: string, params: object): Promise<T> {
		const request = { jsonrpc: '2.0', id: ++this.requests, method, params };
		const { data, headers } = await axios.post<string>(this.url, request, {
			headers: this.headers,
			proxy: false,
			responseType: 'text',
			transformResponse: (text: string) => text,
		});
		const session = headers['mcp-session-id'] as string | undefined;
		if (session) this.headers['mcp-session-id'] = session;
		// One response, either JSON or an event of a stream.
		const { result, error } = JSON.parse(/^data: (.*)$/m.exec(data)?.[1] ?? data) as RpcResponse<T>;
		if (!result) throw new Error(`${method}: ${error?.message ?? data}`);
		return result;
	}
}
