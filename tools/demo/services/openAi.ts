import { createListener, type Service } from './service';

interface Message {
	readonly role: 'system' | 'user' | 'assistant' | 'tool';
	readonly content: string;
}

/** A tool as n8n offers it to the model. */
interface Tool {
	readonly function: {
		readonly name: string;
		readonly description: string;
		readonly parameters: {
			readonly properties: Readonly<Record<string, { readonly description?: string }>>;
		};
	};
}

interface CompletionRequest {
	readonly model: string;
	readonly messages: readonly Message[];
	readonly tools?: readonly Tool[];
}

export interface OpenAi extends Service {
	/** The requests for completions, in order. */
	readonly requests: CompletionRequest[];
}

/** What the model calls when a message matches, in place of understanding it. */
const CALLS: ReadonlyArray<
	readonly [pattern: RegExp, name: string, values: (match: RegExpExecArray) => object]
> = [
	[
		/set (\S+) to ([^.!?]+)/i,
		'set_feature_status',
		([, reference, status]) => ({ reference, status }),
	],
	[/want most in (\w+)/i, 'list_ideas', ([, workspace]) => ({ workspace })],
	[/releases? (?:of|in) (\w+)/i, 'list_releases', ([, workspace]) => ({ workspace })],
	[
		/idea in (\w+): (.+)/i,
		'create_idea',
		([, workspace, name]) => ({ workspace, name, description: name }),
	],
	[/about (\w+-\d+)/i, 'get_feature', ([, reference]) => ({ reference })],
	[/(?:find|search) (.+)/i, 'search_records', ([, words]) => ({ words })],
];

const HELP =
	'I am a simulated model. Ask me "What do customers want most in PRJ1?" or "Set PRJ1-1 to Shipped".';

/** A model that knows a few sentences. https://platform.openai.com/docs/api-reference/chat */
export function createOpenAi(): OpenAi {
	const requests: CompletionRequest[] = [];
	const listener = createListener((app) => {
		app.get('/v1/models', () => ({ data: [{ id: 'gpt-4.1-mini', object: 'model', created: 1 }] }));
		app.post<{ Body: CompletionRequest }>('/v1/chat/completions', ({ body }) => {
			requests.push(body);
			const message = reply(body);
			return {
				id: `completion-${requests.length}`,
				object: 'chat.completion',
				created: Math.floor(Date.now() / 1000),
				model: body.model,
				choices: [
					{ index: 0, message, finish_reason: 'tool_calls' in message ? 'tool_calls' : 'stop' },
				],
				usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
			};
		});
	});
	return {
		host: 'api.openai.com',
		listener,
		requests,
		credential: {
			name: 'OpenAI (simulated)',
			type: 'openAiApi',
			data: { apiKey: 'sandbox-openai-key', url: 'https://api.openai.com/v1' },
		},
	};
}

/** The next message of the model: a call of a tool, or what the tool returned. */
function reply({ messages, tools = [] }: CompletionRequest) {
	const last = messages.at(-1);
	if (last?.role === 'tool') return { role: 'assistant', content: `I found: ${last.content}` };
	for (const [pattern, name, values] of CALLS) {
		const match = pattern.exec(last?.content ?? '');
		if (!match || !tools.some((tool) => tool.function.name === name)) continue;
		const call = { name, arguments: JSON.stringify(values(match)) };
		return {
			role: 'assistant',
			content: null,
			tool_calls: [{ id: `call-${messages.length}`, type: 'function', function: call }],
		};
	}
	return { role: 'assistant', content: HELP };
}
