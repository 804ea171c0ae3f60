import { createListener, type Service } from './service';

/** A message as n8n's Slack node posts it. */
export interface SlackMessage {
	readonly channel: string;
	readonly text: string;
}

export interface Slack extends Service {
	readonly messages: SlackMessage[];
}

/** https://docs.slack.dev/reference/methods/chat.postMessage */
export function createSlack(): Slack {
	const messages: SlackMessage[] = [];
	const listener = createListener((app) => {
		app.post<{ Body: SlackMessage }>('/api/chat.postMessage', ({ body }) => {
			messages.push(body);
			const { channel, text } = body;
			return { ok: true, channel, ts: String(messages.length), message: { text } };
		});
		app.get('/api/*', () => ({ ok: true }));
	});
	return {
		host: 'slack.com',
		listener,
		messages,
		credential: {
			name: 'Slack (simulated)',
			type: 'slackApi',
			data: { accessToken: 'sandbox-slack-token' },
		},
	};
}
