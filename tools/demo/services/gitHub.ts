import { createListener, type Service } from './service';

export interface Issue {
	readonly number: number;
	readonly title: string;
	state: 'open' | 'closed';
	updated_at: string;
}

export interface GitHub extends Service {
	readonly issues: Issue[];
	/** Opens an issue, as somebody on GitHub does. */
	open(title: string): Issue;
	close(issue: Issue): void;
}

interface ListQuery {
	readonly state?: string;
	readonly since?: string;
	readonly page?: string;
}

/** https://docs.github.com/en/rest/issues/issues */
export function createGitHub(): GitHub {
	const issues: Issue[] = [];
	const change = (issue: Issue, state: Issue['state']) =>
		Object.assign(issue, { state, updated_at: new Date().toISOString() });
	const open = (title: string): Issue => {
		const issue: Issue = {
			number: issues.length + 1,
			title,
			state: 'open',
			updated_at: new Date().toISOString(),
		};
		issues.push(issue);
		return issue;
	};
	const listener = createListener((app) => {
		app.get('/user', () => ({ login: 'sandbox' }));
		app.get<{ Querystring: ListQuery }>('/repos/:owner/:repository/issues', ({ query }) => {
			const { state = 'open', since, page = '1' } = query;
			if (page !== '1') return [];
			return issues.filter(
				(issue) =>
					(state === 'all' || issue.state === state) &&
					(since === undefined || Date.parse(issue.updated_at) >= Date.parse(since)),
			);
		});
		app.patch<{ Params: { number: string }; Body: Pick<Issue, 'state'> }>(
			'/repos/:owner/:repository/issues/:number',
			async ({ params, body }, reply) => {
				const issue = issues[Number(params.number) - 1];
				return issue ? change(issue, body.state) : await reply.code(404).send({});
			},
		);
	});
	return {
		host: 'api.github.com',
		listener,
		issues,
		open,
		close: (issue) => void change(issue, 'closed'),
		credential: {
			name: 'GitHub (simulated)',
			type: 'githubApi',
			data: { server: 'https://api.github.com', user: 'sandbox', accessToken: 'sandbox-token' },
		},
	};
}
